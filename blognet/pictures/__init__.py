"""What a picture is, and the bytes that readers get in its place. Knows no posts, no addresses, no files.

`structure` walks through a file without decoding it, cheaply enough for every look at the queue: it finds what a
picture must not be (bombs, films of 50,000 frames, torn files, two files in one). `facts` and `develop` decode, with
Pillow, which only this room imports: what readers get is always made anew, from pixels alone, so that nothing else
that was in the author's file can reach them.
"""
