"""Updates by USB: what laptops tell each other through a folder or a file, and who is believed.

For the window and the command line, in the order a clerk meets them (`directory` is an open Directory,
`folder` the stick; all raise ToolkitError with a sentence to show; slow ones are fit for a worker thread):

Agency (`trust`, `joining`):
    Trust(directory).create("Rosebud County", "Front desk")     the first laptop makes the agency
    joining.ask(directory, Folder(folder), "Car 2") -> Joining   the laptop that joins: shows `.code`
    joining.asking(directory, Folder(folder)) -> [Asking]        the first laptop: who asks, and its `.code`
    joining.admit(directory, Folder(folder), typed) -> Asking    the digits the other screen shows, typed
    joining.ask(directory, Folder(folder), "Car 2", typed=...)   the laptop that joins, once more: `.joined`
    Trust(directory).revoke(device)                              a lost laptop
    Trust(directory).own / .joined / .holds_key / .fingerprint() who is on the roster, and what to show

Exchange (`exchange`):
    preview(directory, folder) -> Review       new, changed, retired, phones, disputes, sentences()
    complete(directory, folder, review, Decision(...) or None) -> Exchange     `.lines()`: three sentences
    exchange(directory, folder) -> Exchange    both in one go, for a script; `.waits` when a person must look

One file (`bundle`):
    bundle.write(directory, path)              and
    bundle.read(directory, path) -> Bundle; preview(directory, it.parts); bundle.take(directory, it, review,
    decision) -> Taken

Later:
    directory.conflicts(), directory.resolve(id, field, value)    a person decides between claims
    holdings.arrivals(directory) -> [Arrival]; rollback.take_back(directory, arrival.id) -> TakenBack
    holdings.holdings(directory) -> [Holding]  what is here from whom, how old, what others lack
    holdings.refusals(directory)               what was not taken, and why
"""
