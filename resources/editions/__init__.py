"""Editions: signed, numbered states of content that travel with the updates, and which one is in force.

signers    who may sign; `believed` says whether an edition proves itself
edition    the file: one header, its signatures, the parts; `pack`, `read`
checking   the same checks as `porchlight check`, over the program's content with the edition upon it
review     what an edition would change here, old beside new, numbers one by one
shelf      editions in the data folder: in force, the one before, carried for others; switched at once
force      puts what is in force over the program's content, at the start and after a switch
exchange   look, take, give, go back: what the window and the command line call
"""
