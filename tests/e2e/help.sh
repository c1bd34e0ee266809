# Every command explains itself with an example and its options, in both languages.
commands=$("$JIANWEI" --help --lang en | grep -oE '^  [a-z][a-z-]+ ' | sort -u)
[ "$(wc -w <<<"$commands")" -ge 16 ] || fail "commands: $commands"
for command in $commands; do
  expect 0 "$JIANWEI" "$command" --help --lang en
  says "jianwei $command "
  says '--json'
  says '--lang'
  says Example
  expect 0 "$JIANWEI" "$command" --help --lang zh
  says "jianwei $command "
  says 例
  grep -q '[^ -~]' out || fail "no Chinese in the help of $command"
  ! grep -oE '(option|command|example|app|group)\.[a-z_]+' out || fail "a message is missing"
done
expect 0 "$JIANWEI" --version
says 'jianwei 0'
