import io

from PIL import Image

from sandbox.contact_sheet import contact_sheet


def picture(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_the_pictures_of_a_run_stand_side_by_side_each_over_its_line() -> None:
    red, green, blue = (200, 0, 0), (0, 160, 0), (0, 0, 200)
    shapes = [(red, (60, 60)), (green, (120, 60)), (blue, (60, 120)), (red, (10, 10))]

    data = contact_sheet([(f"line {n}", picture(*shape)) for n, shape in enumerate(shapes)])

    with Image.open(io.BytesIO(data)) as sheet:
        assert sheet.format == "PNG"
        centres = [(216, 216), (632, 216), (1048, 216), (216, 696)]
        assert [sheet.getpixel(centre) for centre in centres] == [red, green, blue, red]
        captions = sheet.crop((0, 417, sheet.width, 480))
        assert captions.getextrema() != ((250, 250), (249, 249), (246, 246))
        assert sheet.size == (3 * 416 + 16, 2 * 480 + 16)
