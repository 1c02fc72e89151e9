# What the history of a record says in words.
history-custody-unknown = custody not told
history-custody-sole = sole custody
history-custody-joint = joint custody
history-custody-access = access without custody
history-custody-none = no custody
history-custody-no-contact = no contact allowed
history-name-legal = legal
history-name-other = other
