"""Telephones, e-mails and links however they are written; what only looks like one stays."""

import pytest

from nucleo.contactos import contactos_en, tapar_contactos


@pytest.mark.parametrize(
    ("texto", "clases"),
    [
        ("Llámeme al 71234567", ["telefono"]),
        ("+591 712-34-567 por favor", ["telefono"]),
        ("7 1 2 3 4 5 6 7", ["telefono"]),
        ("7.1.2.3.4.5.6.7", ["telefono"]),
        ("71 23 45 67", ["telefono"]),
        ("7O123456", ["telefono"]),
        ("siete uno dos tres cuatro cinco seis siete", ["telefono"]),
        ("setenta y uno veintitrés cuarenta y cinco 67", ["telefono"]),
        ("al 2441234 o al 4 4251234", ["telefono", "telefono"]),
        ("71234567 / 72345678", ["telefono"]),
        ("ana@correo.bo", ["correo"]),
        ("ana arroba gmail punto com", ["correo"]),
        ("ana (at) correo (dot) com", ["correo"]),
        ("vea www.tejidos.com.bo/ofertas", ["enlace"]),
        ("https://wa.me/59171234567", ["enlace"]),
        ("en tejidosana punto com", ["enlace"]),
        ("mi cuenta es @tejidos.ana", ["enlace"]),
    ],
)
def test_se_hallan(texto: str, clases: list[str]) -> None:
    assert [c.clase for c in contactos_en(texto)] == clases


@pytest.mark.parametrize(
    "texto",
    [
        "¿Cuánto cuesta la arroba de papa? ¿Y 2 arrobas?",
        "Bs 7.123.456,70 por todo",
        "7123456 Bs",
        "Llegó el 2026-11-29 y el 29/11/2026",
        "Tallas 36 38 40 42",
        "Mide 120 x 80 x 45 cm y pesa 2.500 g",
        "¿Tiene de uno, dos y tres litros?",
        "Pedido P-10234-5, son 12 o 24 unidades",
        "Es grande.Me gusta. El punto es ese.",
        "",
    ],
)
def test_lo_que_no_lo_es_queda(texto: str) -> None:
    assert contactos_en(texto) == []
    assert tapar_contactos(texto) == texto


def test_se_tapan() -> None:
    assert (
        tapar_contactos("Escríbame a ana@correo.bo o al 7123 4567: gracias")
        == "Escríbame a ••• o al •••: gracias"
    )
