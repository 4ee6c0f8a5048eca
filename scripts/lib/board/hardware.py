"""What the emulated board is made of."""

# Each run of the second half of the GPIO interrupt's handler is recorded, from the boot on; there is room for a day.
KERNEL_LINE = ("console=ttyAMA0 quiet net.ifnames=0 systemd.show_status=0 "
               "trace_event=gpio:gpio_value trace_buf_size=16M")
# As image.sh has it for the first boot.
MACHINE = ["-M", "virt", "-cpu", "cortex-a72", "-accel", "tcg,thread=multi", "-smp", "2", "-m", "1536",
           "-display", "none"]


def arguments(board):
    """The command line of the emulator. What goes on from a kept memory must have the same devices."""
    at = board.folder
    state = f"file={at}/state.raw,format=raw,if=none,id=state,cache=writeback"
    if board.flushed_only:
        state = ("driver=blklogwrites,if=none,id=state,cache=writeback,"
                 f"file.driver=raw,file.file.driver=file,file.file.filename={at}/state.raw,"
                 f"log.driver=file,log.filename={at}/state.log")
    return ["qemu-system-aarch64", *MACHINE, "-no-reboot", "-kernel", f"{board.image}/vmlinuz",
            "-initrd", f"{board.image}/initramfs", "-append", KERNEL_LINE,
            "-drive", f"file={at}/root.qcow2,format=qcow2,if=none,id=root,cache=writeback",
            "-device", "virtio-blk-pci,drive=root", "-drive", state, "-device", "virtio-blk-pci,drive=state",
            "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=net0,romfile=",
            "-device", "virtio-rng-pci", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={at}/agent,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=board.agent",
            "-chardev", f"serial,id=line,path={board.serial}" if board.serial else "null,id=line",
            "-device", "pci-serial,chardev=line",
            "-fsdev", f"local,id=host,path={at}/share,security_model=none",
            "-device", "virtio-9p-pci,fsdev=host,mount_tag=host",
            "-serial", f"file:{at}/console.log", "-monitor", "none",
            "-qmp", f"unix:{at}/monitor,server=on,wait=off", "-qmp", f"unix:{at}/pulses,server=on,wait=off",
            "-qtest", f"unix:{at}/levels,server=on,wait=off", "-qtest-log", "/dev/null"]
