#!/bin/bash
# Sign program files and packages so that Windows names their maker, and verify it:  authenticode.sh FILE...
#   PORCHLIGHT_AUTHENTICODE=FILE.p12     certificate, chain and key; its password in FILE.pass beside it, if it has one
#   PORCHLIGHT_TIMESTAMP=URL             a time-stamp service, so that signatures outlive the certificate
# Without a time-stamp the signing time is the commit's: two builds with one certificate stay the same.
set -euo pipefail
CERTIFICATE=$PORCHLIGHT_AUTHENTICODE
PASSWORD=()
if [ -f "${CERTIFICATE%.p12}.pass" ]; then PASSWORD=(-readpass "${CERTIFICATE%.p12}.pass"); fi
TIME=(-time "$SOURCE_DATE_EPOCH")
if [ -n "${PORCHLIGHT_TIMESTAMP:-}" ]; then TIME=(-ts "$PORCHLIGHT_TIMESTAMP"); fi
ROOTS=${PORCHLIGHT_AUTHENTICODE_ROOTS:-/etc/ssl/certs/ca-certificates.crt}
for file in "$@"; do
  osslsigncode sign -pkcs12 "$CERTIFICATE" "${PASSWORD[@]}" -h sha256 -n Porchlight "${TIME[@]}" -in "$file" -out "$file.signed" >/dev/null
  mv "$file.signed" "$file"
  said=$(osslsigncode verify -ignore-crl -CAfile "$ROOTS" -TSA-CAfile "$ROOTS" -in "$file" 2>&1) || {
    echo "$file: the signature does not verify against $ROOTS" >&2
    tail -n 3 <<<"$said" >&2
    exit 1
  }
  echo "signed: $(basename "$file")"
done
