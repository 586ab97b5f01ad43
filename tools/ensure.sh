# Read by ./demo and ./test: makes sure that a tool is there, or says in one sentence what is missing.
# shellcheck shell=sh

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# need_package "why" package...: installs Debian packages, saying so.
need_package() {
  why=$1; shift
  have apt-get || stop "Deskbell needs $why: please install it (on Debian the packages are called: $*)."
  if [ "$(id -u)" = 0 ]; then root=; elif have sudo; then root=sudo; else stop "Deskbell needs $why: please run \"apt-get install $*\" as root."; fi
  say "Installing $* with apt-get: Deskbell needs $why."
  { $root apt-get update && $root apt-get install --yes --no-install-recommends "$@"; } >"${TMPDIR:-/tmp}/deskbell-apt.log" 2>&1 ||
    stop "apt-get could not install $*: ${TMPDIR:-/tmp}/deskbell-apt.log says why."
}

need_linker() {
  have cc || need_package "a C linker for Rust's build tools" gcc libc6-dev
}

# need_rust component...: cargo 1.88 or later that compiles to WebAssembly.
need_rust() {
  PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  if ! have cargo && ! have rustup; then
    { have apt-cache && apt-cache show rustup >/dev/null 2>&1; } ||
      stop "Deskbell needs Rust: please install it as https://rustup.rs says, then start this again."
    need_package "Rust" rustup
  fi
  if have rustup && ! rustc --version >/dev/null 2>&1; then
    say "Installing the stable Rust toolchain with rustup."
    rustup --quiet toolchain install stable --profile minimal && rustup --quiet default stable || stop "rustup could not install the stable Rust toolchain."
  fi
  version=$(rustc --version 2>/dev/null | sed 's/^rustc 1\.\([0-9]*\).*/\1/')
  [ "${version:-0}" -ge 88 ] || stop "Deskbell needs Rust 1.88 or later, but found \"$(rustc --version 2>&1 | head -n 1)\": please run \"rustup update stable\"."
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    have rustup || stop "Deskbell needs Rust's target wasm32-unknown-unknown: please install Rust as https://rustup.rs says."
    say "Adding the target wasm32-unknown-unknown with rustup: the plugin is WebAssembly."
    rustup --quiet target add wasm32-unknown-unknown || stop "rustup could not add the target wasm32-unknown-unknown."
  fi
  for component in "$@"; do
    cargo "$component" --version >/dev/null 2>&1 && continue
    have rustup || stop "Deskbell's tests need cargo $component: please install Rust as https://rustup.rs says."
    say "Adding $component with rustup: the tests check the sources with it."
    case $component in fmt) component=rustfmt ;; esac
    rustup --quiet component add "$component" || stop "rustup could not add $component."
  done
}

need_node() {
  have node && have npm || need_package "Node.js for the tests of the package" nodejs npm
  version=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)
  [ "${version:-0}" -ge 20 ] || stop "Deskbell's tests need Node.js 20 or later, but found $(node --version 2>&1 | head -n 1): please install it from https://nodejs.org."
}

need_browser() {
  [ -n "$CHROMIUM" ] && return
  for name in chromium chromium-browser google-chrome; do
    have "$name" && { CHROMIUM=$(command -v "$name"); export CHROMIUM; return; }
  done
  need_package "a browser for the tests of the page" chromium
  CHROMIUM=$(command -v chromium) || stop "Deskbell's tests need Chromium: please install it, or say where it is in the variable CHROMIUM."
  export CHROMIUM
}

need_firefox() {
  [ -n "$FIREFOX" ] && return
  for name in firefox-esr firefox; do
    have "$name" && { FIREFOX=$(command -v "$name"); export FIREFOX; return; }
  done
  need_package "a second browser for the tests of the page" firefox-esr
  FIREFOX=$(command -v firefox-esr) || stop "Deskbell's tests need Firefox: please install it, or say where it is in the variable FIREFOX."
  export FIREFOX
}

need_python() {
  have python3 && python3 -m pip --version >/dev/null 2>&1 && python3 -c 'import ensurepip, venv' 2>/dev/null ||
    need_package "Python, to compare templates with Jinja2 itself and to install the app" python3 python3-pip python3-venv
  have git || need_package "git, which the app is installed with" git
}
