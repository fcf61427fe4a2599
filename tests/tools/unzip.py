"""Unpacks a zip as Lambda does, with the file modes of its entries.

Takes the zip and a folder, and prints {name: mode}.
"""

import json
import pathlib
import sys
import zipfile


def main(source, folder):
    modes = {}
    with zipfile.ZipFile(source) as archive:
        for entry in archive.infolist():
            mode = entry.external_attr >> 16
            modes[entry.filename] = mode
            unpacked = pathlib.Path(archive.extract(entry, folder))
            unpacked.chmod(mode & 0o777)
    json.dump(modes, sys.stdout)
