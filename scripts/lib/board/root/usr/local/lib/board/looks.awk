# How many of the kernel's looks at a line, after an interrupt, found another level than the look before.
/^ *irq.*gpio_value: .* get / {
    found += $NF "" != last[$(NF - 2)] ""
    last[$(NF - 2)] = $NF
}
END { print found + 0 }
