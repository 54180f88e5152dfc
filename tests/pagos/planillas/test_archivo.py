"""The CSV of a batch: what is read, and why the rest is not."""

import pytest

from nucleo.archivos import Recibido
from nucleo.dinero import bs
from pagos.planillas.archivo import leer_archivo
from pagos.planillas.errores import PlanillaInvalida

CARNET = "Escriba el carnet como 1234567, o 1234567-1A si tiene complemento."
CABEZA = "documento;nombre;monto;glosa\n"


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("separador", [";", ","])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
def test_se_lee_como_lo_guardan_las_oficinas(codificacion: str, separador: str, fin: str) -> None:
    filas = [
        ["Documento", "NOMBRE", "Monto", "Glosa"],
        ["1000001", "Ana Ñáñez", '"1.234,50"' if separador == "," else "1.234,50", "año"],
        ["1000002-1A", "Luis", '"1234,5"' if separador == "," else "1234,5", ""],
        ["", "", "", ""],
        ["UE-0000001-3", "Coop", "7", "x"],
    ]
    contenido = fin.join(separador.join(fila) for fila in filas).encode(codificacion)
    renglones, errores, dialecto = leer_archivo(Recibido.de_bytes(contenido))
    assert errores == {}
    assert (dialecto.separador, dialecto.marca) == (separador, ",")
    assert [(r.numero, r.documento, r.nombre, r.monto, r.glosa) for r in renglones] == [
        (2, "1000001", "Ana Ñáñez", bs("1234.50"), "año"),
        (3, "1000002-1A", "Luis", bs("1234.50"), ""),
        (5, "UE-0000001-3", "Coop", bs("7"), "x"),
    ]


@pytest.mark.parametrize(
    ("linea", "motivo"),
    [
        ("1000001;Ana;10", "Tiene 3 columnas y deben ser 4."),
        ("1000001;Ana;10;a;b", "Tiene 5 columnas y deben ser 4."),
        (";Ana;10;x", "Falta el documento."),
        ("1000001;;10;x", "Falta el nombre."),
        ("1000001;Ana;;x", "Falta el monto."),
        ("1000001;Ana;diez;x", "El monto «diez»: Escriba el monto con números, por ejemplo 1.234,50."),
        (
            "1000001;Ana;1,234;x",
            "El monto «1,234»: «1,234» puede ser 1234, o 1 y 234 milésimos. Escriba 1234 o 1,23.",
        ),
        ("1000001;Ana;-5;x", "El monto «-5»: No puede ser negativo."),
        ("1000001;Ana;1.005;x", ""),  # a thousand and five
        ("1000001;Ana;0,00;x", "El monto debe ser mayor que cero."),
        ("1000001;Ana;1000000,01;x", "El monto pasa de un millón."),
        ("1000001;Ana;5;" + "g" * 141, "La glosa pasa de 140 letras."),
        ("1000001;" + "n" * 121 + ";5;g", "El nombre pasa de 120 letras."),
        ("UE-" + "1" * 21 + ";Ana;5;g", "El documento pasa de 20 letras."),
        (";;5;g", "Falta el documento. Falta el nombre."),
        ("1000001;A\x07na;5;g", "El nombre «Ana»: Quite los caracteres que no se ven (U+0007)."),
        ("1000001;A\ufffdna;5;g", "Tiene caracteres que no se pueden leer."),
        ("999;Ana;5;g", "El documento «999»: " + CARNET),
        ("1000009;Bis;1,00;x\n1.000.009 LP;Bis;1;X", "Repite la línea 2: mismo documento, monto y glosa."),
    ],
)
def test_cada_linea_mala_dice_por_que(linea: str, motivo: str) -> None:
    _renglones, errores, _dialecto = leer_archivo(Recibido.de_bytes((CABEZA + linea).encode()))
    numero = 3 if "\n" in linea else 2
    assert errores == ({numero: motivo} if motivo else {})


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (b"", "El archivo está vacío."),
        (b"\n \n", "El archivo está vacío."),
        (CABEZA.encode(), "El archivo no tiene líneas de pago debajo del encabezado."),
        (b"ci;nombre;monto;glosa\n1;a;1;", "La primera línea debe decir"),
        (b"PK\x03\x04\x00\x00", "No se pudo abrir el libro de Excel"),
        (CABEZA.encode() + b'1;"Ana;1;x\n', "comillas sin cerrar"),
        (CABEZA.encode() + b"1;a;1;x\n" * 2_001, "más de 2.000 líneas con datos"),
        (b"a" * (1024 * 1024 + 1), "pesa más de 1 MB"),
    ],
)
def test_un_archivo_que_no_es_planilla(contenido: bytes, motivo: str) -> None:
    with pytest.raises(PlanillaInvalida, match=motivo):
        leer_archivo(Recibido.de_bytes(contenido))
