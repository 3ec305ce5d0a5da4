"""Chinese names in other spellings than pinyin."""

import pytest

from monitor.text.pinyin import chinese_spellings

SPELLED = [
    ("Mao", "Zedong", ["Mao Zedong", "Mao Ze-Dong", "Mao Tse-Tung", "Мао Цзэдун", "Мао Цзэдуна"]),
    ("Deng", "Xiaoping", ["Deng Xiao-Ping", "Teng Hsiao-Ping", "Дэн Сяопин", "Дэн Сяопином"]),
    ("Xi", "Zhongxun", ["Xi Zhong-Xun", "Си Чжунсюнь", "Си Чжунсюня"]),
    ("Liu", "Xiaobo", ["Liu Xiao Bo", "Лю Сяобо"]),
    ("Ai", "Weiwei", ["Ai Wei-Wei", "Ай Вэйвэй"]),
    ("Wang", "Yi", ["Ван И"]),
    ("Hu", "Jintao", ["Ху Цзиньтао"]),
]


@pytest.mark.parametrize(("surname", "name", "expected"), SPELLED)
def test_a_chinese_name_is_spelled_in_pinyin_after_wade_and_after_palladius(surname, name, expected):
    assert set(expected) <= set(chinese_spellings(surname, name))


@pytest.mark.parametrize(("surname", "name"), [("Jack", "Ma"), ("Mark", "Rutte"), ("Xi", ""), ("", "Jinping")])
def test_what_is_no_pinyin_has_no_such_spellings(surname, name):
    assert chinese_spellings(surname, name) == ()
