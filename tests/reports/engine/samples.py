"""Sample papers in many scripts, and how their text is read back."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pypdfium2

from reports.blocks import (
    Area,
    Bullets,
    Contact,
    Contacts,
    Document,
    Fields,
    Figure,
    Heading,
    Names,
    Para,
    Picture,
    SideBySide,
    Signature,
    Table,
    TearOff,
)

# Short texts of our own, none of them a reviewed translation: heading, sentence, notice.
TEXTS = {
    "en": ("Safe paper", "You can keep this paper, it is yours.", "Ask for an interpreter."),
    "es": ("Papel seguro", "Puede guardar este papel o dejarlo aquí.", "Pida un intérprete."),
    "ht": ("Papye", "Ou ka kenbe papye sa a oswa kite l avèk nou.", "Mande yon entèprèt."),
    "tl": ("Papel", "Maaari mong itago ang papel na ito.", "Humingi ng tagasalin."),
    "pt": ("Papel seguro", "Você pode guardar este papel conosco.", "Peça um intérprete."),
    "fr": ("Papier", "Vous pouvez garder ce papier ou le laisser ici.", "Demandez un interprète."),
    "vi": ("Giấy an toàn", "Bạn có thể giữ tờ giấy này.", "Hãy yêu cầu thông dịch viên."),
    "ru": ("Памятка", "Вы можете оставить эту бумагу себе.", "Попросите переводчика."),
    "uk": ("Пам’ятка", "Ви можете залишити цей папір собі.", "Попросіть перекладача."),
    "am": ("ወረቀት", "ይህን ወረቀት መያዝ ይችላሉ። ስም የለበትም።", "አስተርጓሚ ይጠይቁ።"),
    "hi": ("सुरक्षित काग़ज़", "आप यह काग़ज़ अपने पास रख सकते हैं।", "दुभाषिया माँगें।"),
    "ne": ("कागज", "तपाईं यो कागज राख्न सक्नुहुन्छ।", "दोभासे माग्नुहोस्।"),
    "pa": ("ਕਾਗਜ਼", "ਤੁਸੀਂ ਇਹ ਕਾਗਜ਼ ਆਪਣੇ ਕੋਲ ਰੱਖ ਸਕਦੇ ਹੋ।", "ਦੁਭਾਸ਼ੀਏ ਦੀ ਮੰਗ ਕਰੋ।"),
    "bn": ("কাগজ", "আপনি এই কাগজটি রাখতে পারেন।", "দোভাষী চান।"),
    "th": ("เอกสาร", "กรุณาเก็บเอกสารนี้ไว้ในที่ปลอดภัย หรือฝากไว้กับเราก็ได้", "ขอล่ามได้ทุกเมื่อ"),
    "km": ("ក្រដាស", "អ្នកអាចរក្សាទុកក្រដាសនេះ ឬទុកវានៅជាមួយយើង។", "សូមស្នើសុំអ្នកបកប្រែ។"),
    "lo": ("ເອກະສານ", "ທ່ານສາມາດເກັບເອກະສານນີ້ໄວ້ ຫຼືຝາກໄວ້ກັບພວກເຮົາ.", "ຂໍນາຍພາສາໄດ້."),
    "my": ("စာရွက်", "ဤစာရွက်ကို သင်သိမ်းထားနိုင်သည် သို့မဟုတ် ထားခဲ့နိုင်သည်။", "စကားပြန် တောင်းဆိုပါ။"),
    "zh": ("安全须知", "您可以保留这张纸，也可以把它留给我们。", "您可以要求口译员。"),
    "zh-Hant": ("安全須知", "您可以保留這張紙，也可以把它留給我們。", "您可以要求口譯員。"),
    "ja": (
        "安全のための紙",
        "この紙は持っていても、置いていってもかまいません。",
        "通訳を頼むことができます。",
    ),
    "ko": ("안내문", "이 종이를 가지고 있거나 저희에게 맡기셔도 됩니다.", "통역사를 요청하세요."),
    "ar": ("ورقة آمنة", "يمكنك الاحتفاظ بهذه الورقة أو تركها عندنا.", "اطلب مترجماً."),
    "fa": ("برگه امن", "می‌توانید این برگه را نگه دارید.", "مترجم بخواهید."),
    "ur": ("محفوظ کاغذ", "آپ یہ کاغذ اپنے پاس رکھ سکتے ہیں۔", "ترجمان مانگیں۔"),
    "he": ("דף בטוח", "אפשר לשמור את הדף הזה. אין בו שם.", "בקשו מתורגמן."),
}
RIGHT_TO_LEFT = ("ar", "fa", "ur", "he")
LEFT_TO_RIGHT = tuple(language for language in TEXTS if language not in RIGHT_TO_LEFT)
PHONE, OTHER_PHONE = "(406) 555-0142", "1-888-555-0199"


def dot(canvas: Any, width: float, height: float) -> None:
    canvas.circle(width / 2, height / 2, width / 3)


def paper(language: str = "en", **changes: Any) -> Document:
    """One document with every kind of block."""
    title, sentence, notice = TEXTS[language]
    contacts = (
        Contact(title, PHONE, (sentence, "9:00-17:00")),
        Contact(f"Anna, {title}", OTHER_PHONE, (), notice),
    )
    row = (title, sentence, PHONE)
    blocks = (
        Heading(title),
        Para(f"{sentence} {PHONE}, {sentence}"),
        Para(notice, "notice"),
        Para(notice, "small"),
        Heading(notice, 2),
        Bullets((sentence, notice), ordered=True),
        Bullets((sentence, notice)),
        Bullets((sentence, notice), tick_boxes=True),
        Contacts(contacts),
        Table((title, notice, "Tel"), (row, row, row)),
        Names((("es", "Español", "Spanish"), ("ar", "العربية", "Arabic"), ("en", "English", "English"))),
        Fields(((title, ""), (notice, sentence))),
        Signature((title, notice)),
        Picture("dot", sentence, PHONE),
        Figure(
            "Map of two fields.",  # heard only; one rule knows no Burmese
            (
                Area((((0, 0), (30, 0), (30, 20), (0, 0)),), 1),
                Area((((0, 0), (30, 20), (0, 20), (0, 0)),), 3),
            ),
            (((0, 0), (30, 20)),),
            ((10, 5), (10.1, 5), (20, 12)),
            ((0, title), (2, notice)),
        ),
        SideBySide((("Safe paper", sentence),), "en", language),
        TearOff(title, PHONE, 6),
    )
    return Document(title, language, blocks, **changes)


def pages_of(pdf: bytes, password: str | None = None) -> list[str]:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        texts = []
        for leaf in document:
            text_page = leaf.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            leaf.close()
        return texts


def letters(text: str) -> str:
    """The text as compared: composed, without blanks and invisible signs."""
    return re.sub("[\\s\u200b\u200c\u2060\u2066-\u2069\ufffe]", "", unicodedata.normalize("NFC", text))
