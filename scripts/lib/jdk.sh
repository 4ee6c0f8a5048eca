# shellcheck shell=bash
# Finds a JDK 25 or newer: JAVA_HOME, then one on the disk, then Debian's package, else one line.

readonly JDK_WANTED=25
readonly JDK_PACKAGE=openjdk-25-jdk-headless

# Prints the feature number (25) of the JDK in a folder; fails when there is no working compiler in it.
jdk_feature() {
    local version
    [[ -x "$1/bin/java" && -x "$1/bin/javac" ]] || return 1
    version="$("$1/bin/javac" -version 2>&1)" || return 1
    [[ "$version" =~ javac\ ([0-9]+) ]] || return 1
    printf '%s\n' "${BASH_REMATCH[1]}"
}

# Every folder of this disk that could be a JDK, one a line.
jdk_places() {
    local compiler place
    if compiler="$(command -v javac)"; then
        compiler="$(readlink -f "$compiler")"
        printf '%s\n' "${compiler%/bin/javac}"
    fi
    for place in /usr/lib/jvm/* /usr/java/* /usr/local/*j[dv][km]* /usr/local/lib/jvm/* /opt/* /opt/*/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/*; do
        [[ -x "$place/bin/javac" ]] && readlink -f "$place"
    done
}

# Prints the best JDK of the disk: exactly 25 before anything newer.
jdk_on_disk() {
    local place feature newer=""
    while read -r place; do
        feature="$(jdk_feature "$place")" || continue
        if ((feature == JDK_WANTED)); then
            printf '%s\n' "$place"
            return 0
        fi
        ((feature > JDK_WANTED)) && newer="${newer:-$place}"
    done < <(jdk_places | awk '!seen[$0]++')
    [[ -n "$newer" ]] && printf '%s\n' "$newer"
}

# A JDK may link to a store of certificate authorities that the system does not have. Maven then trusts nobody,
# so it is given the system's own authorities.
jdk_trust() {
    local system=/etc/ssl/certs/ca-certificates.crt store="$ROOT/target/authorities.p12"
    [[ -s "$JAVA_HOME/lib/security/cacerts" || ! -s "$system" ]] && return 0
    mkdir -p "$ROOT/target"
    [[ "$store" -nt "$system" ]] || "$JAVA_HOME/bin/java" "$ROOT/scripts/lib/TrustStore.java" "$system" "$store"
    local options="-Djavax.net.ssl.trustStore=$store -Djavax.net.ssl.trustStorePassword=changeit"
    export MAVEN_OPTS="${MAVEN_OPTS:-} $options"
    # The wrapper may fetch Maven with Java, before there is a Maven to read these.
    JDK_JAVA_OPTIONS="$options" maven --version >/dev/null 2>&1
}

# Exports JAVA_HOME, or ends with the one line that says what to install.
jdk_set_up() {
    local feature found
    if [[ -n "${JAVA_HOME:-}" ]]; then
        if feature="$(jdk_feature "$JAVA_HOME")"; then
            if ((feature >= JDK_WANTED)); then
                jdk_trust
                return 0
            fi
            say "JAVA_HOME=$JAVA_HOME is JDK $feature and is passed over: JDK $JDK_WANTED or newer is needed"
        else
            say "JAVA_HOME=$JAVA_HOME holds no working java and javac and is passed over"
        fi
    fi
    if ! found="$(jdk_on_disk)"; then
        if ! package_offered "$JDK_PACKAGE"; then
            die 69 "No JDK $JDK_WANTED found and apt offers none here: install one (Debian 13: $JDK_PACKAGE;" \
                "elsewhere Eclipse Temurin $JDK_WANTED) under /usr/lib/jvm or /opt, or set JAVA_HOME to its folder"
        fi
        packages_set_up "$JDK_PACKAGE"
        found="$(jdk_on_disk)" || die 69 "$JDK_PACKAGE is installed but no JDK $JDK_WANTED was found under /usr/lib/jvm"
    fi
    export JAVA_HOME="$found"
    jdk_trust
}
