"""A material that is cancelled: the scene is as it was, nothing is left behind, the next one is well."""

from tests.blender.conftest import FilmAI, content


def test_a_material_that_is_cancelled(filmai: FilmAI) -> None:
    before = content()
    job = filmai.press_material(width=4096, height=4096)
    filmai.wait_for(job, "RUNNING")
    filmai.pump.cancel(job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert content() == before
    assert filmai.job_folders() == []
    assert filmai.wait_for(filmai.press_material(width=128, height=128)) == "COMPLETED"
    assert len(filmai.workers) == 1
