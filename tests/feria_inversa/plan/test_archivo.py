"""The lines of a plan as a sheet: read whole or not at all, each wrong line with its reason."""

import csv
import io
from decimal import Decimal
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from feria_inversa.plan.archivo import COLUMNAS, plan_en_csv
from feria_inversa.plan.errores import ArchivoDePlanInvalido
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.planificar import importar
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import (
    EN_MARZO,
    MOTIVO,
    borrador,
    cambia,
    cuadra,
    entrada,
    lineas,
    publicado,
    versiones,
)

CABEZA = "numero;revision;objeto;categoria;modalidad;mes;monto;partida;fuente;organismo;familia"


@pytest.fixture(autouse=True)
def en_marzo(reloj: Any) -> None:
    reloj.situar(EN_MARZO)


def sube(feria: Feria, plan_id: UUID, dice: str | bytes, motivo: str | None = None) -> None:
    with transaccion() as sesion:
        recibido = Recibido.de_bytes(dice.encode() if isinstance(dice, str) else dice)
        importar(sesion, feria.entidad.actor, plan_id, recibido, motivo)


def test_las_lineas_de_un_archivo(feria: Feria) -> None:
    plan_id = borrador(feria, lineas=[])
    sube(
        feria,
        plan_id,
        "objeto;mes;monto;partida;categoria\n"
        "Desayuno escolar;marzo;1.250.000,50;31120;Bienes\n"
        "Estudio de suelos;Setiembre;45000;25210;Consultoría\n",
    )
    assert [(x.objeto, x.mes, x.monto, x.partida, x.categoria, x.fuente) for x in lineas(plan_id)] == [
        ("Desayuno escolar", 3, bs("1250000.50"), "31120", "bienes", None),
        ("Estudio de suelos", 9, bs("45000"), "25210", "consultoria", None),
    ]


def test_de_una_planilla_o_de_otra_codificacion(feria: Feria) -> None:
    plan_id = borrador(feria, lineas=[])
    libro = openpyxl.Workbook()
    hoja = libro.active
    assert hoja is not None
    hoja.append(["objeto", "mes", "monto", "partida"])
    hoja.append(["Desayuno escolar", "marzo", 1250000.5, "31120"])
    bytes_del_libro = io.BytesIO()
    libro.save(bytes_del_libro)
    sube(feria, plan_id, bytes_del_libro.getvalue())
    sube(feria, plan_id, "objeto;mes;monto;partida\nCámara fotográfica;mayo;2000;43600\n".encode("cp1252"))
    assert [(x.numero, x.objeto, x.mes, x.monto) for x in lineas(plan_id)] == [
        (1, "Desayuno escolar", 3, bs("1250000.50")),
        (2, "Cámara fotográfica", 5, bs("2000")),
    ]


def test_de_a_lo_mas_dos_mil_lineas(feria: Feria) -> None:
    plan_id = borrador(feria, lineas=[])
    una = "Pupitres;mayo;2000;43700\n"
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(feria, plan_id, f"objeto;mes;monto;partida\n{una * 2001}")
    assert set(negado.value.campos or {}) == {"archivo"}
    assert lineas(plan_id) == []


def test_con_un_error_no_entra_ninguna(feria: Feria) -> None:
    plan_id = borrador(feria)
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(
            feria,
            plan_id,
            f"{CABEZA}\n"
            ";;Pizarras acrílicas;bienes;;4;12000;43700;41;113;4411\n"
            ";;Pupi;muebles;;13;0;437;4;11;56\n"
            ";;Camioneta;bienes;CM;6;210000;43310;;;\n"
            "9;1;Una que no está;bienes;;6;2000;43310;;;\n"
            "1;1;Dos veces;bienes;;6;2000;43310;;;\n"
            "1;1;Dos veces;bienes;;6;2000;43310;;;\n"
            "2;;Sin decir cuál leyó;bienes;;6;2000;43310;;;\n"
            ";;Pu\u00adpi\u200btres;bienes;;6;-5;43310;;;\n",
        )
    assert negado.value.detalle.startswith("6 de 8 líneas tienen errores")
    campos = negado.value.campos or {}
    assert list(campos) == ["linea-3", "linea-4", "linea-5", "linea-7", "linea-8", "linea-9"]
    assert "El mes es un número del 1 al 12" in campos["linea-3"]
    assert "partida: La partida tiene cinco números. Se leyó «437»." in campos["linea-3"]
    assert campos["linea-9"] == "Línea 9: monto: No puede ser negativo. Se leyó «-5»."
    assert campos["linea-8"].startswith("Línea 8: Con su número la línea dice su revisión")
    assert "corresponde ANPP" in campos["linea-4"]
    assert campos["linea-5"] == "Línea 5: El plan no tiene la línea 9."
    assert campos["linea-7"] == "Línea 7: Repite el número de la línea 6."
    assert len(lineas(plan_id)) == 2


def test_de_lo_publicado_es_una_version_y_se_escribe_como_se_lee(feria: Feria) -> None:
    plan_id = publicado(feria)
    with transaccion() as sesion:
        escrito = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    filas = list(csv.DictReader(io.StringIO(escrito), delimiter=";"))
    assert list(filas[0]) == list(COLUMNAS)
    assert [(f["numero"], f["revision"], f["mes"], f["monto"], f["familia"]) for f in filas] == [
        ("1", "2", "5", "18000", "5612"),
        ("2", "2", "8", "640000", ""),
    ]
    antes = [(x.numero, x.objeto, x.mes, x.monto, x.modalidad_id) for x in lineas(plan_id)]
    sube(feria, plan_id, escrito.replace("Refacción del mercado", "Refacción total del mercado"), MOTIVO)
    hechas = lineas(plan_id)
    assert [(x.numero, x.version) for x in hechas] == [(1, 1), (2, 2)]  # what differs, no more
    assert hechas[1].objeto == "Refacción total del mercado central"
    assert [(x.mes, x.monto, x.modalidad_id) for x in hechas] == [(m, v, i) for _n, _o, m, v, i in antes]
    cuadra()


def test_cuanto_y_donde_van_y_vuelven(feria: Feria) -> None:
    plan_id = borrador(feria, lineas=[])
    sube(
        feria,
        plan_id,
        "objeto;mes;monto;partida;cantidad;unidad_medida;municipio\n"
        "Harina de trigo;marzo;1.250,50;31120;2,125;kg.;Uyuni, Potosí\n"
        "Pupitres;mayo;18.000,00;43700;40;Pzas;051201\n"
        "Limpieza;junio;9.000,00;25400;;;\n",
    )
    dichas = [(x.cantidad, x.unidad_medida, x.municipio_ine) for x in lineas(plan_id)]
    assert dichas == [
        (Decimal("2.125"), "kilogramo", "051201"),
        (Decimal(40), "pieza", "051201"),
        (None, None, None),
    ]
    with transaccion() as sesion:
        escrito = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    assert ";2.1250;kilogramo;;Uyuni, Potosí" in escrito
    sube(feria, plan_id, escrito)
    assert [(x.cantidad, x.unidad_medida, x.municipio_ine) for x in lineas(plan_id)] == dichas
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(
            feria,
            plan_id,
            "objeto;mes;monto;partida;cantidad;unidad_medida;municipio\n"
            "Harina de trigo;marzo;1250;31120;2;tolvas;Uyuni, La Paz\n",
        )
    campos = negado.value.campos or {}
    assert "Se leyó «Uyuni, La Paz»" in campos["linea-2"]


def test_una_planilla_vieja_no_deshace_lo_que_cambio_despues(feria: Feria) -> None:
    plan_id = publicado(feria)
    with transaccion() as sesion:
        del_lunes = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    cambia(feria, plan_id, Cambio(numero=1, linea=entrada(mes=7)))
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(feria, plan_id, del_lunes.replace("640000", "700000"), MOTIVO)
    assert list(negado.value.campos or {}) == ["linea-2"]
    assert "La línea 1 cambió desde que bajó la planilla" in (negado.value.campos or {})["linea-2"]
    solo_la_otra = "".join(f for n, f in enumerate(del_lunes.splitlines(keepends=True)) if n != 1)
    sube(feria, plan_id, solo_la_otra.replace("640000", "700000"), MOTIVO)
    assert [(x.mes, x.monto, x.version) for x in lineas(plan_id)] == [
        (7, bs("18000"), 2),
        (8, bs("700000"), 3),
    ]
    cuadra()


def test_lo_que_se_baja_con_apostrofo_sube_sin_el(feria: Feria) -> None:
    plan_id = publicado(feria, lineas=[entrada(objeto="-Reactivos de laboratorio")])
    with transaccion() as sesion:
        escrito = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    assert ";'-Reactivos de laboratorio;" in escrito
    sube(feria, plan_id, escrito.replace(";18000;", ";19000;"), MOTIVO)
    assert [(x.objeto, x.monto) for x in lineas(plan_id)] == [("-Reactivos de laboratorio", bs("19000"))]


def test_lo_que_se_bajo_sin_tocar_no_es_una_version(feria: Feria) -> None:
    plan_id = publicado(feria)
    with transaccion() as sesion:
        escrito = plan_en_csv(sesion, plan_id).decode("utf-8-sig")
    with pytest.raises(DatosInvalidos, match="no cambia nada"):
        sube(feria, plan_id, escrito, MOTIVO)
    assert [v.version for v in versiones(plan_id)] == [1]
    assert [x.version for x in lineas(plan_id)] == [1, 1]


@pytest.mark.parametrize("texto", ["", f"{CABEZA}\n", "nombre;precio\nPupitre;5\n"])
def test_lo_que_no_es_un_plan(feria: Feria, texto: str) -> None:
    plan_id = borrador(feria)
    with pytest.raises(ArchivoDePlanInvalido) as negado:
        sube(feria, plan_id, texto)
    assert set(negado.value.campos or {}) == {"archivo"}
    assert len(lineas(plan_id)) == 2
