"""A conversation on a terminal of Linux or macOS. The only room that imports termios, fcntl or readline."""
