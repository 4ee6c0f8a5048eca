"""A Modbus RTU slave by the pymodbus project (3.0 and later), for tests only.

Usage: slave.py DEVICE MAP
MAP is JSON: {"unit": 1, "baud": 9600, "parity": "N", "registers": {"3": {"20480": [0, 0, 0, 1]}}},
registers by function code and wire address; for several meters on one line, instead of unit and registers,
"units": {"1": {"3": {"20480": [0, 0, 0, 1]}}, "2": {}}. Each line "FUNCTION ADDRESS WORD..." on standard
input, "UNIT:FUNCTION ADDRESS WORD..." where there are several, changes registers and is answered by "ok".
Units that are not in the map are silent. Ends when standard input does.
"""

import asyncio
import json
import logging
import os
import sys
import threading

from pymodbus.datastore import ModbusServerContext, ModbusSparseDataBlock

try:  # 3.1 and later
    from pymodbus.server import ModbusSerialServer
except ImportError:
    from pymodbus.server.async_io import ModbusSerialServer
try:  # 3.0 to 3.9
    from pymodbus.datastore import ModbusSlaveContext as UnitContext

    UNITS = "slaves"
except ImportError:
    from pymodbus.datastore import ModbusDeviceContext as UnitContext

    UNITS = "devices"
try:  # 3.7 and later
    from pymodbus import FramerType

    FRAMER = FramerType.RTU
except ImportError:
    from pymodbus.framer.rtu_framer import ModbusRtuFramer

    FRAMER = ModbusRtuFramer


def block(registers):
    """Wire address n stands at n + 1 in a data block, except where blocks are made of simdata."""
    first = 0 if hasattr(ModbusSparseDataBlock({1: 0}), "simdata") else 1
    words = {}
    for address, values in registers.items():
        for offset, value in enumerate(values):
            words[int(address) + first + offset] = value
    return ModbusSparseDataBlock(words or {1: 0})


async def main(device, plan):
    """Serves until standard input ends."""
    maps = plan.get("units") or {str(plan["unit"]): plan["registers"]}
    contexts = {
        int(unit): UnitContext(hr=block(registers.get("3", {})), ir=block(registers.get("4", {})))
        for unit, registers in maps.items()
    }
    first = next(iter(contexts))
    server = ModbusSerialServer(
        ModbusServerContext(**{UNITS: contexts, "single": False}),
        framer=FRAMER,
        port=device,
        baudrate=plan["baud"],
        parity=plan["parity"],
        stopbits=1,
        bytesize=8,
        **{"ignore_missing_" + UNITS: True},
    )

    async def change(unit, function, address, words):
        context = contexts[unit]
        if hasattr(context, "setValues"):
            context.setValues(function, address, words)
        else:
            await server.context.async_setValues(unit, function, address, words)

    loop = asyncio.get_running_loop()

    def obey():
        for line in sys.stdin:
            head, address, *words = line.split()
            unit, _, function = head.rpartition(":")
            values = [int(word) for word in words]
            changed = change(int(unit or first), int(function), int(address), values)
            asyncio.run_coroutine_threadsafe(changed, loop).result()
            print("ok", flush=True)
        os._exit(0)

    threading.Thread(target=obey, daemon=True).start()
    if hasattr(server, "start"):
        await server.start()
    await server.serve_forever()


logging.getLogger().setLevel(logging.CRITICAL)
asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
