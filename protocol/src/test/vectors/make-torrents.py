#!/usr/bin/env python3
"""Writes ../resources/torrents: .torrent files made by libtorrent 2 and, in torrents.json, what libtorrent reads in them.

Needs python3-libtorrent (2.0 or later). The content is made up here and is not kept.
"""
import hashlib
import json
import os
import shutil
import tempfile

import libtorrent as lt

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "torrents")
KIB = 1024
V1, V2, HYBRID = lt.create_torrent.v1_only, lt.create_torrent.v2_only, 0

# name: (piece size, flags, {path: size})
CASES = {
    "v1-single": (32 * KIB, V1, {"single.bin": 100_000}),
    "v1-exact": (32 * KIB, V1, {"exact.bin": 64 * KIB}),
    "v1-folder": (16 * KIB, V1, {"folder/a.bin": 20_000, "folder/b/c.bin": 1, "folder/empty": 0, "folder/z.bin": 50_000}),
    "v2-single": (32 * KIB, V2, {"single.bin": 100_000}),
    "v2-small": (32 * KIB, V2, {"small.bin": 5}),
    "v2-folder": (
        64 * KIB,
        V2,
        {"folder/a.bin": 200_000, "folder/b/c.bin": 1, "folder/empty": 0, "folder/full.bin": 128 * KIB, "folder/z": 64 * KIB},
    ),
    "hybrid-single": (16 * KIB, HYBRID, {"single.bin": 70_000}),
    "hybrid-folder": (16 * KIB, HYBRID, {"folder/a.bin": 40_000, "folder/b/c.bin": 3, "folder/d.bin": 16 * KIB, "folder/e": 33_333}),
}


def content(path, size):
    """Bytes that depend on the path: SHA-256 of a counter, again and again."""
    out = bytearray()
    counter = 0
    while len(out) < size:
        out += hashlib.sha256(f"{path} {counter}".encode()).digest()
        counter += 1
    return bytes(out[:size])


def merkle(hashes, leaves):
    """Root over the hashes, padded with zero hashes to a power of two of leaves (BEP 52)."""
    row = list(hashes) + [bytes(32)] * (leaves - len(hashes))
    while len(row) > 1:
        row = [hashlib.sha256(row[i] + row[i + 1]).digest() for i in range(0, len(row), 2)]
    return row[0]


def v2_pieces(data, piece_size):
    """Hash of each piece of one file, from the data itself."""
    blocks = [hashlib.sha256(data[i : i + 16 * KIB]).digest() for i in range(0, len(data), 16 * KIB)]
    if len(data) <= piece_size:
        leaves = 1
        while leaves < len(blocks):
            leaves *= 2
        return [merkle(blocks, leaves)] if data else []
    per_piece = piece_size // (16 * KIB)
    return [merkle(blocks[i : i + per_piece], per_piece) for i in range(0, len(blocks), per_piece)]


def make(name, piece_size, flags, files, folder):
    storage = lt.file_storage()
    root = sorted(files)[0].split("/")[0]
    for path, size in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content(path, size))
    lt.add_files(storage, os.path.join(folder, root))
    torrent = lt.create_torrent(storage, piece_size, flags)
    torrent.set_priv(True)
    torrent.add_tracker("http://tracker.invalid/announce")
    lt.set_piece_hashes(torrent, folder)
    generated = torrent.generate()
    generated.pop(b"creation date", None)
    encoded = lt.bencode(generated)
    with open(os.path.join(OUT, name + ".torrent"), "wb") as file:
        file.write(encoded)
    return describe(name, lt.torrent_info(encoded), piece_size, files)


def describe(name, info, piece_size, files):
    hashes = info.info_hashes()
    seen = info.files()
    real = [i for i in range(seen.num_files()) if not seen.file_flags(i) & lt.file_storage.flag_pad_file]
    facts = {
        "name": name,
        "torrent_name": info.name(),
        "info_hash_v1": str(hashes.v1) if hashes.has_v1() else None,
        "info_hash_v2": str(hashes.v2) if hashes.has_v2() else None,
        "piece_length": info.piece_length(),
        "private": info.priv(),
        "files": [{"path": seen.file_path(i).replace("\\", "/"), "length": seen.file_size(i)} for i in real],
        "v1": None,
        "v2": None,
    }
    if hashes.has_v1():
        facts["v1"] = [
            {"length": info.piece_size(i), "hash": info.hash_for_piece(i).hex()} for i in range(info.num_pieces())
        ]
    if hashes.has_v2():
        facts["v2"] = []
        for i in real:
            data = content(seen.file_path(i), seen.file_size(i))
            for k, piece in enumerate(v2_pieces(data, piece_size)):
                facts["v2"].append({"length": min(piece_size, len(data) - k * piece_size), "hash": piece.hex()})
    return facts


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    facts = []
    for name, (piece_size, flags, files) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            facts.append(make(name, piece_size, flags, files, folder))
    with open(os.path.join(OUT, "torrents.json"), "w") as file:
        json.dump({"made_by": "libtorrent " + lt.version, "cases": facts}, file, indent=1)
        file.write("\n")


main()
