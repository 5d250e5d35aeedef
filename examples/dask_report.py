"""The team report of very many shared copies, made by Dask workers: python dask_report.py FOLDER [WORKERS].

Each worker counts some of the files; tallies are merged two by two; the bytes are those of a first
`libwell team report FOLDER --format json`. For a second report keep what the first gives back, and give it to
`libwell.report`: then the two side by side show nobody's answers.
"""

import sys
from pathlib import Path

import dask
from dask.distributed import Client, LocalCluster

import libwell

if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).glob("*.toml"))
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with LocalCluster(n_workers=workers, processes=True, dashboard_address=None) as cluster, Client(cluster):
        parts = [
            dask.delayed(libwell.tally)(paths[start : start + 250]) for start in range(0, len(paths), 250)
        ]
        while len(parts) > 1:
            pairs = zip(parts[::2], [*parts[1::2], dask.delayed(libwell.empty)()], strict=False)
            parts = [dask.delayed(libwell.merge)(one, other) for one, other in pairs]
        text, _ = libwell.report(dask.compute(*parts)[0])
        sys.stdout.write(text)
