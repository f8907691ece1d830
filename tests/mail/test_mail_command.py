"""`handouts mail` as a clerk calls it: what it shows, writes, asks and refuses."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from handouts.commands.main import main
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import new_dataset_files
from handouts.dataset.kinds import KINDS, PLAN_BUDGET
from handouts.dataset.settings import HandoutSettings
from handouts.files import write_files
from handouts.mail.attachments import attachment_name
from handouts.mail.settings import MailSettings
from tests.mail.server import NAMES, PASSWORD, SENDER, Mailroom, certificate, mail_server
from tests.samples import plan_dataset

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

Run = Callable[..., Result]
STEM = "資料1_令和7年度群馬支部事業計画（案）及び支部保険者機能強化予算（案）"
NAME = "資料1_群馬支部_令和7年度_事業計画・予算(案)"
RECIPIENTS = """\
recipients:
  評議会委員:
    - 赤城 一郎 <akagi@example.jp>
    - 榛名 花子 <haruna@example.jp>
  支部内: [kikaku@example.jp]
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command line in a working folder with a dataset and its files of the last build."""
    files = {**new_dataset_files("群馬", FiscalYear(2025), "gunma-r7")}
    files["dataset.yaml"] = files["dataset.yaml"].replace("recipients:\n", RECIPIENTS)
    write_files(tmp_path / "data" / "gunma-r7", {name: text.encode() for name, text in files.items()})
    built = {f"{STEM}.pdf": b"%PDF-1.7 " * 999, f"{STEM}.docx": b"PK word", f"{STEM}.xlsx": b"PK excel"}
    write_files(tmp_path / "output" / "gunma-r7", built)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_MAIL_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    return lambda *args, answer="": CliRunner().invoke(
        main, ["mail", *map(str, args)], input=answer, prog_name="handouts"
    )


def written() -> EmailMessage:
    [path] = Path("output/gunma-r7").glob("*.eml")
    return cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=default))


def write_settings(settings: MailSettings, more: str = "") -> None:
    Path("mail.toml").write_text(
        f'host = "{settings.host}"\nport = {settings.port}\nsecurity = "{settings.security}"\n'
        f'user = "{settings.user}"\nfrom = "{settings.sender}"\n{more}',
        encoding="utf-8",
    )


@pytest.fixture
def trust(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the password, and trusts the server for tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(NAMES).certificate))
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", PASSWORD)


def test_a_draft_is_for_nobody_else_to_read(run: Run) -> None:
    for _ in range(2):
        assert run("gunma-r7", "--to", "評議会委員").exit_code == 0
        [path] = Path("output/gunma-r7").glob("*.eml")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)  # as earlier versions wrote it


def test_a_draft_is_written_beside_the_handouts_and_shown(run: Run) -> None:
    result = run(
        "gunma-r7",
        "--to",
        "評議会委員",
        "--cc",
        "支部内",
        "--attach",
        "pdf,docx,xlsx",
        "--marking",
        "取扱注意",
    )
    assert result.exit_code == 0, result.output
    message = written()
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "【取扱注意】群馬支部評議会　資料1の送付"
    assert message["To"] == "赤城 一郎 <akagi@example.jp>, 榛名 花子 <haruna@example.jp>"
    assert [part.get_filename() for part in message.iter_attachments()] == [
        f"{NAME}.{form}" for form in ("pdf", "docx", "xlsx")
    ]
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    for words in (
        "評議会委員 各位",
        "数字を集めた別紙",
        "【取扱注意】",
        "群馬支部評議会",
        "資料1　令和7年度",
        f"{NAME}.pdf（9KB）",
    ):
        assert words in text
    for words in (
        "<akagi@example.jp>",
        "宛先: 2件",
        "写し（Cc）: 1件",
        "添付: 3件、計 9KB",
        "まだ送っていません",
    ):
        assert words in result.stdout
    assert "アドレスが、ほかの宛先の方にも見えます" in result.stderr
    assert [path.name for path in Path("output/gunma-r7").glob("*.eml")] == ["メール_資料1_評議会委員.eml"]


def test_the_same_call_gives_the_same_bytes(run: Run) -> None:
    calls = [run("gunma-r7", "--to", "支部内") for _ in range(2)]
    assert {call.exit_code for call in calls} == {0}
    [path] = Path("output/gunma-r7").glob("*.eml")
    before = path.read_bytes()
    run("data/gunma-r7", "--to", "支部内")
    assert path.read_bytes() == before


def test_hidden_recipients_are_not_warned_of_and_decide_the_words(run: Run) -> None:
    result = run("gunma-r7", "--to", "支部内", "--bcc", "評議会委員")
    assert "見えます" not in result.stderr
    assert "見せない宛先（Bcc）: 2件" in result.stdout
    assert "評議会委員 各位" in result.stdout


@pytest.mark.parametrize(
    ("to", "formats", "words"),
    [
        ("支部内", "pdf", "誤りにお気付きのときは"),
        ("a@example.jp", "pdf", "関係者 各位"),
        ("本部", "docx", "変更履歴かコメントで書き入れて"),
    ],
)
def test_the_words_are_those_for_who_gets_it(run: Run, to: str, formats: str, words: str) -> None:
    path = Path("data/gunma-r7/dataset.yaml")
    stat = path.stat()
    text = path.read_text(encoding="utf-8").replace("  支部内:", "  本部: [keikaku@example.jp]\n  支部内:")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert words in run("gunma-r7", "--to", to, "--attach", formats, "--dry-run").stdout


def test_nobody_gets_it_twice(run: Run) -> None:
    shown = run("gunma-r7", "--to", "評議会委員,AKAGI@example.jp", "--cc", "haruna@example.jp", "--dry-run")
    assert shown.stdout.count("@example.jp") == 2


def test_a_dry_run_shows_everything_and_writes_nothing(run: Run) -> None:
    result = run("gunma-r7", "--to", "支部内", "--dry-run")
    assert result.exit_code == 0
    assert "件名: 群馬支部評議会　資料1の送付" in result.stdout
    assert not list(Path("output/gunma-r7").glob("*.eml"))


def test_missing_files_are_named_with_the_build_that_makes_them(run: Run) -> None:
    for form in ("pdf", "xlsx"):
        Path(f"output/gunma-r7/{STEM}.{form}").unlink()
    result = run("gunma-r7", "--to", "支部内", "--attach", "pdf,docx,xlsx")
    assert result.exit_code == 1
    assert (
        f"{STEM}.pdf: まだ作られていません。「handouts build gunma-r7 --format pdf,xlsx」で" in result.stderr
    )
    assert f"{STEM}.xlsx: まだ" in result.stderr
    assert f"{STEM}.docx" not in result.stderr


def test_the_build_that_is_named_is_for_the_folder_and_the_kind_that_were_asked_for(run: Run) -> None:
    result = run("data/gunma-r7", "--to", "支部内", "--out", "there", "--kind", "plan")
    assert "「handouts build gunma-r7 --format pdf --kind plan --out there」で" in result.stderr


def test_files_older_than_the_data_are_not_mailed(run: Run) -> None:
    newest = Path("output/gunma-r7", f"{STEM}.pdf").stat().st_mtime_ns + 10**9
    os.utime("data/gunma-r7/plan.md", ns=(newest, newest))
    result = run("gunma-r7", "--to", "支部内")
    assert result.exit_code == 1
    assert "データ（gunma-r7/plan.md）を直した後に、作り直されていません" in result.stderr


def test_a_real_build_can_be_mailed_at_once(run: Run) -> None:
    build = CliRunner().invoke(main, ["build", "gunma-r7", "--format", "docx", "--out", "new"])
    assert build.exit_code == 0
    result = run("gunma-r7", "--to", "支部内", "--attach", "docx", "--out", "new")
    assert result.exit_code == 0, result.output
    [word] = Path("new/gunma-r7").glob("*.docx")
    [draft] = Path("new/gunma-r7").glob("*.eml")
    message = cast(EmailMessage, message_from_bytes(draft.read_bytes(), policy=default))
    assert [part.get_content() for part in message.iter_attachments()] == [word.read_bytes()]


def test_a_fault_in_the_data_stops_the_mail(run: Run) -> None:
    path = Path("data/gunma-r7/dataset.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("<akagi@", "<akagi"), encoding="utf-8")
    result = run("gunma-r7", "--to", "支部内")
    assert result.exit_code == 1
    assert "「赤城 一郎 <akagiexample.jp>」はメールアドレスの形ではありません" in result.stderr
    assert "「- 氏名 <アドレス>」の行" in result.stderr


def test_a_list_without_anybody_is_said(run: Run) -> None:
    result = run("gunma-r7", "--to", "本部")
    assert result.exit_code == 1
    assert "gunma-r7/dataset.yaml" in result.stderr
    assert "「本部」の宛先が書かれていません" in result.stderr


def test_a_broken_template_is_explained(run: Run) -> None:
    write_files(Path("templates/mail"), {"body.txt": b"{{ no_such }}"})
    result = run("gunma-r7", "--to", "支部内")
    assert result.exit_code == 1
    assert "mail/body.txt 1行: ない名前が使われています" in result.stderr


def test_a_template_of_the_branch_gives_the_words(run: Run) -> None:
    words = b"{% for handout in handouts %}\n{{ handout.title }} <&>\n{% endfor %}\n"
    write_files(Path("templates/mail"), {"body.txt": words, "subject.txt": "一行目\r\n二行目".encode()})
    run("gunma-r7", "--to", "支部内")
    body = written().get_body()
    assert body is not None
    assert body.get_content().splitlines() == [
        "令和7年度 群馬支部事業計画（案）及び支部保険者機能強化予算（案） <&>"
    ]
    assert written()["Subject"] == "一行目 二行目"


def test_attachments_over_the_limit_are_refused_with_what_to_do(run: Run) -> None:
    write_settings(MailSettings("127.0.0.1", 1, "tls", SENDER), "size_limit = 0.005\n")
    result = run("gunma-r7", "--to", "支部内", "--attach", "pdf,docx")
    assert result.exit_code == 1
    assert "添付の合計が 9KB" in result.stderr
    assert f"いちばん大きいのは {NAME}.pdf" in result.stderr
    assert "--attach pdf" in result.stderr
    assert not list(Path("output/gunma-r7").glob("*.eml"))


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "--to を書いてください"),
        (["--to", "理事"], "「理事」という宛先の一覧はありません。評議会委員、本部、支部内 のどれか"),
        (["--to", "akagi@example"], "宛先「akagi@example」はメールアドレスの形ではありません"),
        (["--to", "支部内", "--cc", "x\nBcc: y@example.jp"], "改行か目に見えない文字"),
        (["--to", " , "], "宛先が書かれていません"),
        (["--to", "支部内", "--attach", "html"], "pdf、docx、xlsx"),
        (["--to", "支部内", "--marking", "注意\nBcc: x@example.jp"], "取扱注意 のような"),
        (["--to", "支部内", "--kind", "plans"], "plan-budget"),
        (["--to", "支部内", "--yes"], "「--yes」というオプションはありません"),
    ],
)
def test_wrong_usage_is_explained(run: Run, args: list[str], message: str) -> None:
    result = run("gunma-r7", *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_sending_without_settings_shows_what_to_write(run: Run) -> None:
    result = run("gunma-r7", "--to", "支部内", "--send", answer="はい\n")
    assert result.exit_code == 1
    assert 'security = "starttls"' in result.stderr
    assert "送りますか" not in result.stdout


def test_a_wrong_settings_file_stops_a_draft_too(run: Run) -> None:
    Path("mail.toml").write_text('host = "smtp.example.jp"\npassword = "himitsu"\n', encoding="utf-8")
    result = run("gunma-r7", "--to", "支部内")
    assert result.exit_code == 1
    assert "mail.toml 2行: パスワードは、このファイルに書けません" in result.stderr
    assert "himitsu" not in result.output


def test_sending_without_a_password_is_said_before_it_asks(run: Run) -> None:
    with mail_server(Mailroom()) as settings:
        write_settings(settings)
        result = run("gunma-r7", "--to", "支部内", "--send", answer="はい\n")
    assert result.exit_code == 1
    assert "HANDOUTS_MAIL_PASSWORD" in result.stderr
    assert "送りますか" not in result.stdout


@pytest.mark.usefixtures("trust")
def test_a_mail_is_sent_after_a_yes(run: Run) -> None:
    room = Mailroom()
    with mail_server(room) as settings:
        write_settings(settings)
        result = run("gunma-r7", "--to", "支部内", "--bcc", "評議会委員", "--send", answer="うん\nはい\n")
    assert result.exit_code == 0, result.output
    assert "「はい」か「いいえ」と入力してください" in result.stdout
    assert "3件の宛先に送りました" in result.stdout
    assert PASSWORD not in result.output
    [envelope] = room.delivered
    assert envelope.rcpt_tos == ["kikaku@example.jp", "akagi@example.jp", "haruna@example.jp"]
    assert isinstance(envelope.content, bytes)
    message = cast(EmailMessage, message_from_bytes(envelope.content, policy=default))
    assert message["From"] == "企画総務グループ <kikaku@example.jp>"
    assert message["Message-ID"].endswith("@example.jp>")
    assert message["Date"] is not None
    assert b"akagi" not in envelope.content
    [attached] = message.iter_attachments()
    assert attached.get_content() == Path(f"output/gunma-r7/{STEM}.pdf").read_bytes()
    assert not list(Path("output/gunma-r7").glob("*.eml"))


@pytest.mark.usefixtures("trust")
@pytest.mark.parametrize(("answer", "message"), [("いいえ\n", "送りませんでした"), ("", "中止しました")])
def test_nothing_is_sent_without_a_yes(run: Run, answer: str, message: str) -> None:
    room = Mailroom()
    with mail_server(room) as settings:
        write_settings(settings)
        result = run("gunma-r7", "--to", "支部内", "--send", answer=answer)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "送りました。" not in result.stdout
    assert room.named == []


def test_a_dry_run_of_sending_names_the_server_and_needs_no_password(run: Run) -> None:
    room = Mailroom()
    with mail_server(room) as settings:
        write_settings(settings)
        result = run("gunma-r7", "--to", "支部内", "--send", "--dry-run")
    assert result.exit_code == 0
    assert f"サーバー: 127.0.0.1（ポート {settings.port}、STARTTLS）" in result.stdout
    assert room.named == []


@pytest.mark.usefixtures("trust")
def test_a_refused_recipient_ends_with_a_fault(run: Run) -> None:
    room = Mailroom(refused={"haruna@example.jp": "550 5.1.1 User unknown"})
    with mail_server(room) as settings:
        write_settings(settings)
        result = run("gunma-r7", "--to", "評議会委員", "--send", answer="はい\n")
    assert result.exit_code == 1
    assert "榛名 花子 <haruna@example.jp>（550 5.1.1 User unknown）" in result.stderr
    assert "送りました。" not in result.stdout
    assert room.delivered == []


def test_the_names_of_attachments_are_short_common_and_distinct() -> None:
    settings = HandoutSettings(material="資料①㈱Ⅳか゛\u200b𠮷" + "長" * 99)
    dataset = plan_dataset("Ⅰ．基盤\n・窓口\n", settings=settings)
    names = {attachment_name(dataset, kind, "pdf") for kind in KINDS.values()}
    assert len(names) == len(KINDS)
    assert all(len(name) <= 80 and name.encode("iso2022_jp") for name in names)
    assert attachment_name(dataset, PLAN_BUDGET, "pdf").startswith("資料1(株)IV")


def test_the_dataset_of_these_tests_is_a_good_one(run: Run) -> None:
    reading = read_folder(Path("data/gunma-r7"))
    assert reading.findings == ()


def test_recipients_of_all_datasets_stand_in_one_file_beside_them(run: Run) -> None:
    path = Path("data/recipients.yaml")
    path.write_text(
        "recipients:\n  本部: [keikaku@example.jp]\n  支部内: [other@example.jp]\n", encoding="utf-8"
    )
    shown = run("gunma-r7", "--to", "本部", "--cc", "支部内", "--dry-run").stdout
    assert "keikaku@example.jp" in shown
    assert "kikaku@example.jp" in shown  # the dataset's own list
    assert "other@example.jp" not in shown
    path.write_text("recipients:\n  本部: [keikaku]\n", encoding="utf-8")
    result = run("gunma-r7", "--to", "支部内", "--dry-run")
    assert result.exit_code == 1
    assert "data/recipients.yaml 2行" in result.stderr
    checked = CliRunner().invoke(main, ["check", "gunma-r7"])
    assert "data/recipients.yaml 2行" in checked.output
