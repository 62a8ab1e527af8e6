from dataclasses import replace

from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.pictures.sources import MessageRef
from bot.wording.complaints import log_mark, log_text
from bot.wording.text import MESSAGE_MAX
from tests.examples import JOB, NOW

WORST = "`*_~" * 200
BIG = 10**18


def test_moderators_can_be_told_of_it_however_much_is_said() -> None:
    said = [Complaint(BIG + n, Grievance.PERSON, WORST, NOW) for n in range(5)]
    acts = [
        Action(BIG, BIG, ActionKind.HIDE, About.JOB, BIG, f"hid what <@{BIG}> had made", WORST, NOW)
        for _ in range(3)
    ]
    job = replace(JOB, title=WORST, removed_at=NOW, removed_by=JOB.account.user_id)
    reported = Reported(job, MessageRef(BIG, BIG), said, 10**6, acts, True, BIG, None, 9)
    text = log_text(reported, with_words=True)
    assert len(text) <= MESSAGE_MAX
    assert text.endswith(log_mark(reported))
