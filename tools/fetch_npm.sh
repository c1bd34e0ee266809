# Sourced. fetch NAME VERSION SHA512 FOLDER MEMBER...: takes members out of an npm package into .deps/FOLDER; does nothing when they are there.
# Its body is a shell of its own, so that its trap ends with it.
fetch() (
  name=$1 version=$2 sum=$3 folder=$4; shift 4
  [ "$(cat ".deps/$folder/version" 2>/dev/null)" = "$version" ] && exit 0
  echo "  fetching $name $version from the npm registry" >&2
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "$name@$version" >/dev/null)
  archive=$(echo "$work"/*.tgz)
  echo "$sum  $archive" | sha512sum --check --quiet - || { echo "checksum of $name $version is wrong; nothing was installed" >&2; exit 1; }
  tar -xzf "$archive" -C "$work"
  mkdir -p ".deps/$folder"
  for member in "$@"; do cp "$work/package/$member" ".deps/$folder/"; done
  echo "$version" >".deps/$folder/version"
)
