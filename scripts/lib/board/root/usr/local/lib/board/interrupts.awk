# The interrupts of the lines of the PL061 that the pattern in `lines` names, on both processors.
$0 ~ "pl061 +(" lines ") " { sum += $2 + $3 }
END { print sum + 0 }
