#!/bin/bash
# SHA-256 sums of a release folder, signed when there is a key:  sign.sh VERSION OUT [FILE.key]
# Run it again when files for another system were put beside the first ones. The key's file may hold a passphrase;
# minisign then asks. A person checks it with:  minisign -Vm SHA256SUMS -p FILE.pub && sha256sum -c SHA256SUMS
set -euo pipefail
VERSION=$1
KEY=${3:+$(readlink -f "$3")}
cd "$2"
rm -f SHA256SUMS SHA256SUMS.minisig
find . -maxdepth 1 -type f ! -name "SHA256SUMS*" -printf "%P\n" | LC_ALL=C sort | xargs sha256sum -- >SHA256SUMS.part
mv SHA256SUMS.part SHA256SUMS
if [ -n "$KEY" ]; then
  minisign -S -s "$KEY" -m SHA256SUMS -t "porchlight $VERSION" -c "signature from the releaser of Porchlight" >/dev/null
  minisign -Vqm SHA256SUMS -p "${KEY%.key}.pub"
fi
cat SHA256SUMS
