#!/usr/bin/env bash
# shell scripts pass shellcheck
set -euo pipefail
cd "$(dirname "$0")/../.."
shellcheck -x scripts/setup scripts/build scripts/test scripts/format scripts/demo scripts/bench scripts/measure-writes scripts/package .ci/run scripts/lib/*.sh \
    scripts/emulate-board scripts/lib/board/{image.sh,init} scripts/lib/board/root/usr/local/lib/board/* \
    scripts/test.d/*.sh scripts/test.d/lib/*.sh target/dist/bin/* packaging/{make-start-cache,as-service} packaging/debian/{preinst,postinst,prerm,postrm}
