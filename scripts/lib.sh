# Shared by the scripts: finds a JDK and Maven, builds what is out of date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

java_major() { "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1; }

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" $(ls -d /usr/lib/jvm/* 2>/dev/null | sort -Vr) \
      "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /x/x/x)")")")"; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(java_major "$candidate")" -ge 21 ] 2>/dev/null; then
      export JAVA_HOME="$candidate" PATH="$candidate/bin:$PATH"
      return
    fi
  done
  echo "Raccroche needs a JDK 21 or later and found none: install one (Debian: apt-get install openjdk-21-jdk, or Temurin) or set JAVA_HOME." >&2
  exit 1
}

find_maven() {
  command -v mvn >/dev/null || {
    echo "Raccroche needs Maven 3.8 or later: install it (Debian: apt-get install maven)." >&2
    exit 1
  }
}

# The browser's phone is published on npm only. Without npm the demo still works, real calls do not.
voice_sdk() {
  local version=2.18.5 target=target/voice-sdk/resources/META-INF/resources/voice-sdk
  [ -f "$target/twilio.min.js" ] && return
  if ! command -v npm >/dev/null; then
    echo "npm is missing: building without the browser's phone, which real calls need (Debian: apt-get install npm)." >&2
    return
  fi
  mkdir -p target/voice-sdk/npm "$target"
  if npm install --silent --prefix target/voice-sdk/npm --ignore-scripts --no-audit --no-fund --no-save \
      "@twilio/voice-sdk@$version" >&2; then
    cp target/voice-sdk/npm/node_modules/@twilio/voice-sdk/dist/twilio.min.js "$target/"
  else
    echo "The browser's phone could not be fetched: building without it, real calls need it." >&2
  fi
}

build() {
  local jar=target/quarkus-app/quarkus-run.jar
  if [ ! -f "$jar" ] || [ -n "$(find pom.xml src/main -newer "$jar" -print -quit)" ]; then
    find_maven
    echo "Building Raccroche (the first time takes a few minutes)…" >&2
    voice_sdk
    mvn -q -B -ntp -Dmaven.test.skip=true package >&2
    touch "$jar"
  fi
}

find_jdk
