"""A service manager that only listens: prints what it is told, one JSON object a datagram."""
import array
import json
import os
import socket
import sys

address = sys.argv[1]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind("\0" + address[1:] if address.startswith("@") else address)
print("listening", flush=True)
while True:
    text, ancillary, _, _ = listener.recvmsg(4096, socket.CMSG_SPACE(8 * 4))
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    told = text.decode()
    if told.startswith("FDSTORE=1"):
        # Whoever holds the other end of a pipe can tell whether this is the same open file.
        for descriptor in descriptors:
            os.write(descriptor, b"kept")
    for descriptor in descriptors:
        os.close(descriptor)
    print(json.dumps({"told": told, "descriptors": len(descriptors)}), flush=True)
