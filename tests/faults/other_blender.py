"""A second Blender, run by path: ``other_blender.py install ZIP``, then ``work``, ``leave`` or ``wait``.

``work`` makes a texture as a script does, saves the file, and says what became of it. ``leave`` ends Blender while a
job runs, ``wait`` waits in mid-job to be killed; both say the worker's process first. BLENDER_USER_RESOURCES names the
profile.
"""

import sys
import time
from importlib import import_module
from pathlib import Path

import bpy

PACKAGE = "bl_ext.user_default.filmai"


def main(verb: str, *words: str) -> None:
    if verb == "install":
        bpy.ops.extensions.package_install_files(
            filepath=words[0], repo="user_default", enable_on_install=True
        )
        bpy.ops.wm.save_userpref()
        print("INSTALLED", flush=True)
        return
    bpy.ops.preferences.addon_enable(module=PACKAGE)
    if verb == "work":
        bpy.ops.filmai.generate_texture(size=64, seed=int(words[0]))
        blend = Path(words[1]) / "scene.blend"
        bpy.ops.wm.save_as_mainfile(filepath=str(blend))
        bpy.ops.wm.open_mainfile(filepath=str(blend))
        (image,) = (image for image in bpy.data.images if "filmai_family" in image)
        print("MADE", image.name, image.packed_file.size > 0, flush=True)
        return
    submit = import_module(f"{PACKAGE}.operators.job_submit").submit_job
    wish = import_module(f"{PACKAGE}.operators.job_operator").TextureWish
    pump = import_module(f"{PACKAGE}.session").pump()
    job = submit(bpy.context, wish("brick", 7, 2048, variations=16))
    waiting = submit(bpy.context, wish("moss", 7, 64))
    while pump.job(job.id).state.name != "RUNNING":
        pump.tick()
        time.sleep(0.005)
    print("WORKER", pump.dispatcher._worker.pid, job.id, waiting.id, flush=True)
    if verb == "wait":
        time.sleep(600)


if __name__ == "__main__":
    main(*sys.argv[1:])
