#!/bin/sh
# Runs every benchmark beside its peers and keeps the results in benchmarks/results/: about 12 minutes after the first run, which installs the peers.
# The machine must be quiet. Needs a built checkout (./lathe up), Python 3.11, Node, npm, taskset, and apt-get or h2load.
set -eu
cd -- "$(dirname -- "$0")"
python3 serving.py --keep --rounds 3 --seconds 2 --warm-up 6
python3 proxy.py --keep --rounds 3 --seconds 2
python3 control_plane.py --keep --rounds 2 --idle 5 --servers 0,10
python3 control_plane.py --keep --flags --rounds 2 --idle 2
