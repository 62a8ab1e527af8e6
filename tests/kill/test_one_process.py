from tests.kill.lives import Lives


# invariant I12
async def test_second_process_is_refused_until_the_first_is_killed(lives: Lives) -> None:
    first = await lives.begin()
    second = await lives.start()
    assert await second.ended() == 1
    assert "Error: another spark-bot already serves" in second.printed
    assert "Stop that process, or give this one another database.url." in second.printed
    assert "Traceback" not in second.printed
    assert first.alive
    await first.kill()
    await lives.begin()
    await lives.end()
