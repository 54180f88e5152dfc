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
        # Disguised.
        ("siete, uno, dos, tres, cuatro, cinco, seis, siete", ["telefono"]),
        ("Siete-Uno-Dos-Tres cuatro cinco seis siete", ["telefono"]),
        ("7x1x2x3x4x5x6x7", ["telefono"]),
        ("7️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", ["telefono"]),
        ("⑦①②③④⑤⑥⑦", ["telefono"]),
        ("７１２３４５６７", ["telefono"]),
        ("7\u200b1234567", ["telefono"]),
        ("7l234567 o 7I234567", ["telefono", "telefono"]),
        ("(7) [1] {2} 3 4 5 6 7", ["telefono"]),
        ("mi celular 71, 23, 45, 67", ["telefono"]),
        ("llámeme al 7123 y 4567", ["telefono"]),
        ("a mi número: 7123, luego 4567", ["telefono"]),
        ("NIT 71234567", ["telefono"]),
        ("pedido 7123 4567", ["telefono"]),
        ("+51 987 654 321", ["telefono"]),
        ("+54 9 11 2345-6789", ["telefono"]),
        ("ana[arroba]gmail[punto]com", ["correo"]),
        ("ana_arroba_hotmail", ["correo"]),
        ("anaARROBAgmail.com", ["correo"]),
        ("ana@tejidos.xyz", ["correo"]),
        ("mi correo es ana, en gmail", ["correo"]),
        ("ｗｗｗ.tejidos.com", ["enlace"]),
        ("wa punto me/59171234567", ["enlace"]),
        ("https : // tejidos.com", ["enlace"]),
        ("tejidos punto shop", ["enlace"]),
        # Elsewhere.
        ("escríbame por WhatsApp", ["red"]),
        ("¿Tiene whatsapp?", ["red"]),
        ("deme su número de wasap", ["red"]),
        ("mejor hablamos por el wsp, por guasap", ["red", "red"]),
        ("búsqueme en Facebook", ["red"]),
        ("Instagram: tejidos_ana", ["red"]),
        ("le sale menos si me paga por fuera", ["pago"]),
        ("pague fuera de la plataforma", ["pago"]),
        ("mándeme la plata por Tigo Money", ["pago"]),
        ("deposite a mi cuenta del BNB", ["pago"]),
        ("caja de ahorro 1500-123456-78", ["pago"]),
        ("pague con este QR", ["pago"]),
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
        "Mi NIT es 4567890 y la factura a nombre de Pérez",
        "NIT: 2345678012, C.I. 3456789 LP",
        "La guía es RR 212 345 678 BO, o EE123456785BO",
        "Mi número de pedido es 2345678",
        "Cuesta 2500000 o 2.500.000, no 4500000 Bs",
        "Son 2500000 unidades de 4000 g",
        "40 x 60 x 400, o 60 x 70 x 80 x 90",
        "60, 70, 80, 90 o 100",
        "Talla 38, 40, 42, 44 y 46: ¿cuál?",
        "Compré 12 pares a 7000 y 6500",
        "Llegué el 7 a las 12:30 y esperé 45 minutos, 67 en total",
        "¿Puedo pagar con QR o con tarjeta?",
        "Volvió el dinero a mi cuenta, gracias",
        "Vi su foto en Facebook y la busqué en la tienda",
        "Va bordado por fuera con girasoles; le envío otra por fuera",
        "Compro 2 arrobas de lana de Oruro",
        "¿Pagan el abono en el campo? El giro es de 90 grados",
        "El 3º y el 2º llegaron bien; la 1ª, no",
        "Calle Comercio 123, entre 9 y 12, 2 l de leche y 3 l de jugo",
        "Se le enviará en 3, 4 o 5 días; si no, avíseme por aquí",
        "Viene en cajas de 6, 7, 8, 9, 10, 12",
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
