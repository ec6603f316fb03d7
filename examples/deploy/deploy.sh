#!/usr/bin/env bash
# Deploys one job of a job file: compiles it, sends the call to the scheduler, and follows an update to its end.
#
# usage: deploy.sh URL FILE CLUSTER/ROLE/ENV/NAME [FLAG...]
#
#     deploy.sh http://scheduler.example.test:8081 web.aurora west/www/prod/web --user deploy --bind tag=1.4.2
#
# A service is updated, which also creates it where it does not run yet; a cron job is scheduled; any other job is created.
# An update that fails, that takes too long or that is interrupted (Ctrl-C) is rolled back.
#
# URL      any of the schedulers: one that does not lead redirects to the one that does
# FLAG     flags of jobc about the job file: --user, --bind, --env, --executors, --scheduler, --root
#
# Exit codes:
#   0  deployed, or there was nothing to change
#   1  not deployed: what ran before runs again, or still
#   2  look at the job: it is not known what the scheduler did, or an update ended in the middle
#
# Set in the environment, in seconds:
#   DEPLOY_TIMEOUT           how long an update may take (3600); then it is rolled back
#   DEPLOY_ROLLBACK_TIMEOUT  how long that may take (1800)
#   DEPLOY_POLL              between two questions how an update gets on (5)
#   DEPLOY_CALL_TIMEOUT      how long the scheduler may take for an answer (60)
#
# Needs bash, curl and jobc. A name and a password for the scheduler come from ~/.netrc.
set -uo pipefail

readonly DEPLOYED=0 NOT_DEPLOYED=1 LOOK=2
readonly timeout=${DEPLOY_TIMEOUT:-3600} rollback_timeout=${DEPLOY_ROLLBACK_TIMEOUT:-1800}
readonly poll=${DEPLOY_POLL:-5} call_timeout=${DEPLOY_CALL_TIMEOUT:-60}
# How often a call is sent that may be sent again.
readonly tries=5

say() { printf '%s\n' "$*" >&2; }

if (($# < 3)); then
  say 'usage: deploy.sh URL FILE CLUSTER/ROLE/ENV/NAME [FLAG...]'
  exit "$LOOK"
fi
readonly url=${1%/} file=$2 key=$3
shift 3
readonly flags=("$@")

work=$(mktemp -d) || exit "$NOT_DEPLOYED"
readonly work
trap 'rm -rf "$work"' EXIT

# Ctrl-C must not stop this script between a call and its answer. So it only leaves a mark, and the programs that are
# started do not get it.
interrupted=
trap 'interrupted=yes' INT TERM HUP
calmly() { (trap '' INT TERM HUP; exec "$@"); }

# Sends a call: post CALL REPLY. Gives curl's exit code, and leaves the status of HTTP in $work/http.
#
# --fail: a page of an error is not an answer. --location: a scheduler that does not lead answers with 307, after which curl
# sends the same call to the leader.
post() {
  rm -f "$2"
  calmly curl --silent --show-error --fail --netrc-optional --location --max-redirs 3 \
    --proto '=http,https' --connect-timeout 10 --max-time "$call_timeout" \
    --header 'Content-Type: application/vnd.apache.thrift.json' --header 'Expect:' \
    --data-binary "@$1" --output "$2" --write-out '%{http_code}' "$url/api" >"$work/http"
}

# Sends a call that does no harm when it is sent twice, until there is an answer.
send_again() {
  local try
  for ((try = 1; try <= tries; try++)); do
    if post "$1" "$2"; then
      calmly jobc reply "$2" >/dev/null 2>&1
      # A refusal is an answer, too.
      (($? != 2)) && return 0
    fi
    pause "$try"
  done
  return 1
}

# Sends a call that must not be sent twice: again only if no connection could be made, since then nothing was sent. Gives 1
# if the scheduler has not got the call, and 2 if that is not known.
send_once() {
  local try status
  for ((try = 1; try <= tries; try++)); do
    [ -n "$interrupted" ] && return 1
    post "$1" "$2"
    status=$?
    case $status:$(<"$work/http") in
      0:*) return 0 ;;
      [567]:*) pause "$try" ;; # no proxy, no such host, no connection
      22:40[0-7]) return 1 ;; # no such page, a wrong password
      *) return 2 ;;
    esac
  done
  return 1
}

# Waits, unless it is interrupted.
pause() {
  sleep "$1" &
  wait $! 2>/dev/null
  kill $! 2>/dev/null
}

# Says what the scheduler answered. Gives the exit code of `jobc reply`.
tell() { calmly jobc reply "$1" "$file" --job "$key" ${flags[@]+"${flags[@]}"}; }

# A value of an answer, such as update.id.
value() { calmly jobc reply "$1" --get "$2" 2>/dev/null; }

give_up() {
  say "$1"
  exit "$2"
}

# Sends the only call of a job that has no update.
create() {
  local call=$1 reply=$work/reply status
  if grep -q '^\[1,"scheduleCronJob",' "$call"; then
    # The same schedule twice is the same schedule.
    send_again "$call" "$reply" || give_up "There is no answer; look whether $key has the new schedule." "$LOOK"
  else
    send_once "$call" "$reply"
    status=$?
    ((status == 1)) && give_up 'The scheduler did not get the call.' "$NOT_DEPLOYED"
    ((status == 2)) && give_up "It is not known whether $key was created; look before you try again." "$LOOK"
  fi
  must_be_ok "$reply"
  exit "$DEPLOYED"
}

# Goes on if the scheduler did what was asked, and ends otherwise.
must_be_ok() {
  tell "$1"
  case $?:$(value "$1" verdict) in
    0:*) ;;
    1:refused) exit "$NOT_DEPLOYED" ;;
    *) give_up "Look at $key before you try again." "$LOOK" ;;
  esac
}

# Starts an update and follows it to its end.
update() {
  local reply=$work/started
  send_once "$1" "$reply"
  case $? in
    1) give_up 'The scheduler did not get the call.' "$NOT_DEPLOYED" ;;
    2) give_up "It is not known whether an update of $key was started; look at its updates before you try again." "$LOOK" ;;
  esac
  must_be_ok "$reply"
  # Where there is nothing to change, no update has started.
  [ -n "$(value "$reply" update.id)" ] || exit "$DEPLOYED"
  if ! calmly jobc reply "$reply" --then details >"$work/details" 2>/dev/null ||
    ! calmly jobc reply "$reply" --then rollback --message 'rolled back by deploy.sh' >"$work/rollback" 2>/dev/null; then
    give_up "The update of $key goes on, but cannot be followed." "$LOOK"
  fi

  follow "$timeout"
  # It was interrupted, or takes too long.
  if [ -n "$interrupted" ]; then say 'Interrupted; rolling back.'; else say "Not done after $timeout seconds; rolling back."; fi
  send_again "$work/rollback" "$work/reply" || say 'There is no answer to the rollback.'
  calmly jobc reply "$work/reply"
  # From here on, Ctrl-C leaves the rollback to the scheduler.
  interrupted=
  rolling_back=yes
  follow "$rollback_timeout"
  give_up "The update of $key has not ended; look at it." "$LOOK"
}

# Asks how the update gets on until it ends, and then ends with the exit code that this means. Comes back if it is
# interrupted, or after so many seconds.
rolling_back=
follow() {
  local end=$((SECONDS + $1)) said='' words
  while ((SECONDS < end)); do
    pause "$poll"
    [ -n "$interrupted" ] && return
    # Without an answer, the next round asks again.
    post "$work/details" "$work/progress" || continue
    words=$(calmly jobc reply "$work/progress") || continue
    [ "$words" = "$said" ] || say "$words"
    said=$words
    case $(value "$work/progress" update.progress) in
      done)
        [ -z "$rolling_back" ] && exit "$DEPLOYED"
        give_up "It was too late to roll back: the update of $key has succeeded." "$LOOK"
        ;;
      rolled_back) exit "$NOT_DEPLOYED" ;;
      failed) give_up "The update of $key ended in the middle; look which of its instances are old and which are new." "$LOOK" ;;
    esac
  done
}

calmly jobc compile "$file" --job "$key" ${flags[@]+"${flags[@]}"} -o "$work/out" --emit create,update --no-sync || exit "$NOT_DEPLOYED"
[ -n "$interrupted" ] && exit "$NOT_DEPLOYED"
readonly calls=$work/out/jobs/$key
if [ -f "$calls.update.json" ]; then
  update "$calls.update.json"
elif [ -f "$calls.create.json" ]; then
  create "$calls.create.json"
else
  give_up "$file has no job $key; name one job, without \`*\`." "$NOT_DEPLOYED"
fi
