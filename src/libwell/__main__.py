"""`python -m libwell`."""

from libwell.cli import main

if __name__ == "__main__":
    main()
