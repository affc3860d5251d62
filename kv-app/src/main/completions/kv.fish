# Completion of kv for fish: commands, options, and keys of the store.
set -l commands create read delete put exists list ttl apply export import copy backup verify repair shell completion compact stats path help
function __kv_store -d 'The option that names the store, as it was typed'
  set -l words (commandline -opc)
  for i in (seq 2 (count $words))
    switch $words[$i]
      case -s --store
        test (math $i + 1) -le (count $words); and printf '%s\n' -s (string replace -r '^~' $HOME -- $words[(math $i + 1)])
      case '--store=*'
        printf '%s\n' $words[$i]
    end
  end
end
complete -c kv -f
complete -c kv -n "not __fish_seen_subcommand_from $commands" -a "$commands"
complete -c kv -s s -l store -r -F -d 'the store'
complete -c kv -l json -d 'output and errors for programs'
complete -c kv -l values -d 'any before a command; whole entries after list'
complete -c kv -l max-size -x -d 'a lower cap, in bytes'
complete -c kv -l durability -x -a 'sync batch none' -d 'what a finished write has survived'
complete -c kv -l wait -d 'wait for a store that is in use'
complete -c kv -l read-only -d 'look at the store alone'
complete -c kv -l color -x -a 'auto always never' -d 'colours'
complete -c kv -s q -l quiet -d 'no notes'
complete -c kv -s y -l yes -d 'ask nothing'
complete -c kv -s h -l help -d 'help'
complete -c kv -l version -d 'the version'
complete -c kv -n '__fish_seen_subcommand_from create put' -l ttl -x -d 'time to live in seconds'
complete -c kv -n '__fish_seen_subcommand_from read get' -l pretty -d 'indented'
complete -c kv -n '__fish_seen_subcommand_from read get' -l compact -d 'on one line'
complete -c kv -n '__fish_seen_subcommand_from list ls' -l long -d 'a table'
complete -c kv -n '__fish_seen_subcommand_from list ls' -l count -d 'how many'
complete -c kv -n '__fish_seen_subcommand_from list ls' -l limit -x -d 'at most'
complete -c kv -n '__fish_seen_subcommand_from list ls' -l after -x -d 'only later keys'
complete -c kv -n '__fish_seen_subcommand_from apply import' -l dry-run -d 'change nothing'
complete -c kv -n '__fish_seen_subcommand_from export' -l prefix -x -d 'only keys that begin so'
complete -c kv -n '__fish_seen_subcommand_from export' -l format -x -a 'jsonl json' -d 'form'
complete -c kv -n '__fish_seen_subcommand_from import' -l on-exists -x -a 'fail skip replace' -d 'existing keys'
complete -c kv -n '__fish_seen_subcommand_from copy' -l verify -d 'compare both'
complete -c kv -n '__fish_seen_subcommand_from repair' -l to -r -F -d 'the new store'
complete -c kv -n '__fish_seen_subcommand_from apply export import copy backup' -F
complete -c kv -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c kv -n '__fish_seen_subcommand_from read get delete del rm put exists ttl list ls' \
  -a '(command kv (__kv_store) -q --read-only list --limit 100 -- (commandline -ct) </dev/null 2>/dev/null)'
