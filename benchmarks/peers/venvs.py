"""Make the environments of the peers, one folder each.

A peer that cannot be installed here is printed as absent, and left out of every table. Takes about three
minutes.

    python -m benchmarks.peers.venvs [PEER ...] [--venvs FOLDER]
"""

import argparse
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

VENVS = Path(__file__).parents[2] / ".peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """How a peer is installed and called; `folder` is its environment, shared by its variants."""

    folder: str
    requirements: tuple[str, ...]
    module: str
    arguments: tuple[str, ...] = ()

    def python(self, venvs: Path) -> Path:
        """Return the path of the interpreter of its environment."""
        return venvs / self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def command(self, venvs: Path, source: Path, out: Path) -> list[str]:
        """Return the command that reads `source` and writes its clusters to `out`."""
        return [str(self.python(venvs)), "-m", self.module, str(source), str(out), *self.arguments]


OURS = "dedup.bench.peers"

PEERS = {
    "daft": Peer("daft", ("daft", "numpy", "orjson"), f"{OURS}.daft_peer"),
    "daft, as its example": Peer("daft", ("daft", "numpy", "orjson"), f"{OURS}.daft_peer", ("--as-example",)),
    "gaoya": Peer("gaoya", ("gaoya", "orjson"), f"{OURS}.gaoya_peer"),
    "tors": Peer("tors", ("tors", "orjson"), f"{OURS}.tors_peer"),
    "rensa": Peer("rensa", ("rensa", "orjson"), f"{OURS}.rensa_peer"),
    "datasketch": Peer("datasketch", ("datasketch>=2,<3", "xxhash", "orjson"), f"{OURS}.datasketch_peer"),
    "text-dedup": Peer("text-dedup", ("text-dedup", "orjson"), "benchmarks.peers.text_dedup"),
    "datatrove": Peer(
        "datatrove", ("datatrove[io,processing]", "spacy", "orjson"), "benchmarks.peers.datatrove"
    ),
}


def present(venvs: Path = VENVS) -> list[str]:
    """List the peers whose environments exist."""
    return [name for name, peer in PEERS.items() if peer.python(venvs).is_file()]


def install(peer: Peer, venvs: Path) -> str:
    """Make the environment again; return the last line of pip's error message, empty if all went well."""
    folder = venvs / peer.folder
    venv.create(folder, clear=True, with_pip=True, symlinks=sys.platform != "win32")
    command = [str(peer.python(venvs)), "-m", "pip", "install", "--quiet", *peer.requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    shutil.rmtree(folder)
    return (done.stderr.strip().splitlines() or ["pip failed without a word"])[-1]


def main() -> None:
    """Make the environments and print which are absent."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers.venvs", description=__doc__.splitlines()[0]
    )
    parser.add_argument("peers", nargs="*", metavar="PEER", help=f"of {', '.join(PEERS)} (default: all)")
    parser.add_argument("--venvs", type=Path, default=VENVS, metavar="FOLDER", help="default: .peers")
    options = parser.parse_args()
    unknown = [name for name in options.peers if name not in PEERS]
    if unknown:
        parser.error(f"no peer is called {', '.join(unknown)}")
    made: set[str] = set()
    for name in options.peers or PEERS:
        peer = PEERS[name]
        if peer.folder in made:
            continue
        made.add(peer.folder)
        complaint = install(peer, options.venvs)
        print(f"{peer.folder}: {f'absent: {complaint}' if complaint else 'ready'}", flush=True)


if __name__ == "__main__":
    main()
