#!/usr/bin/env python3
"""time_of.py FILE COMMAND...: runs the command and appends "seconds cpu_seconds peak_megabytes" to FILE."""
import resource
import subprocess
import sys
import time

start = time.monotonic()
code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL)
seconds = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
if code == 0:
    with open(sys.argv[1], "a", encoding="utf-8") as out:
        out.write("%.2f %.2f %d\n" % (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024))
sys.exit(code)
