"""Runs a server until standard input is closed.

The command that starts the server holds the other end of standard input. However the command ends, its end is
closed, so no server is left behind.
"""

import os
import select
import signal
import subprocess
import sys

# A server can have subprocesses. They are in its process group, which gets no signals from the terminal.
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)


def send(number):
    try:
        os.killpg(server.pid, number)
    except ProcessLookupError:
        pass


try:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    while server.poll() is None:
        # Nothing is written to standard input, so it is ready when it is closed.
        if select.select([sys.stdin], [], [], 0.1)[0]:
            break
finally:
    send(signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        pass
    send(signal.SIGKILL)
    server.wait()
