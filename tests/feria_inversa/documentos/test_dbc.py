"""The DBC: written from what a call froze, the same bytes each time, one for each version."""

import hashlib
import itertools
import re
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from feria_inversa.datos_abiertos.verificar import verificar_documentos
from feria_inversa.documentos import Adjunto, Clase, DatosDelDbc, LoteDelDbc, Renglon, documentos_de
from feria_inversa.documentos.dbc import hacer_dbc
from feria_inversa.documentos.dbc.plantillas import OBJETOS, nombre_de_regla, valor_en_palabras
from feria_inversa.documentos.modelos import Documento
from feria_inversa.procesos import items_de, lotes_de
from feria_inversa.procesos.dbc import _datos
from feria_inversa.procesos.esquemas import EnmiendaEntrada
from feria_inversa.procesos.estados import Forma, Metodo
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.verificar import verificar_versiones
from feria_inversa.procesos.versiones import enmendar, suspender
from feria_inversa.reglas import Categoria, Clave, Reglas, Valor
from nucleo.archivos import bytes_de
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.textos import idioma
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo

MOTIVO = "Lo pidieron varios proveedores."
DESDE = date(2020, 1, 1)
VALORES = {
    Clave.MONTO_DESDE: Valor(5_000_000, True, "DS 0181", "", DESDE),
    Clave.DIAS_IMPUGNACION: Valor(3, True, "DS 0181", "", DESDE),
    Clave.MULTA_POR_MIL: Valor(10, False, "Modelo de contrato", "Por confirmar.", DESDE),
    Clave.MULTA_TOPE: Valor(20, False, "Modelo de contrato", "Por confirmar.", DESDE),
    Clave.HORA_DESDE: Valor(510, False, "Horario de atención habitual", "", DESDE),
}
DATOS = DatosDelDbc(
    cuce="28-1101-00-1678000-1-1",
    version=1,
    hecho_en=datetime(2028, 3, 1, 14, 0, tzinfo=UTC),
    entidad="Gobierno Municipal Prueba",
    lugar_de_entidad="Sucre, Chuquisaca",
    titulo="Mobiliario escolar",
    descripcion="Para dos unidades educativas.",
    categoria="bienes",
    lugar="Sucre, Chuquisaca",
    lugar_entrega="Almacén municipal",
    plazo_entrega_dias=30,
    total=bs("22683.00"),
    publicada_en=datetime(2028, 3, 1, 14, 0, tzinfo=UTC),
    vence_en=datetime(2028, 3, 20, 20, 0, tzinfo=UTC),
    adjudica_por="item",
    metodo="precio",
    nombre_del_metodo="Precio evaluado más bajo",
    puntos_tecnica=0,
    minimo_tecnica=0,
    subasta=False,
    subasta_por_rondas=False,
    dos_sobres=False,
    cotizacion_rapida=False,
    lotes=[LoteDelDbc("", [Renglon("1. Pupitre", "40 piezas", bs("450.00"), bs("18000.00"))])],
    adjuntos=[Adjunto("Planos del aula", "Planos", "ab" * 32)],
    pedidos=[("Cronograma de entrega", True), ("Muestra de tela", False)],
    reglas=Reglas("ANPE", "Apoyo nacional a la producción y empleo", "NB-SABS", "open", VALORES),
    url="https://qhatu.ejemplo.bo/feria/1",
)


def letras(pdf: bytes) -> str:
    """What a paper of ours says: its fonts are Latin-1 and its lines are drawn one after another."""
    return " ".join(renglones(pdf))


def renglones(pdf: bytes) -> list[str]:
    """Each line that it draws."""
    paginas = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S)
    dichas: list[bytes] = []
    for pagina in paginas:
        try:
            dibujo = zlib.decompress(pagina)
        except zlib.error:
            continue
        dichas += [
            t.replace(b"\\(", b"(").replace(b"\\)", b")") for t in re.findall(rb"\((.*?)\) Tj", dibujo)
        ]
    return [dicha.decode("latin-1") for dicha in dichas]


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert hacer_dbc(DATOS) == hacer_dbc(DATOS)
    assert hacer_dbc(DATOS) != hacer_dbc(replace(DATOS, titulo="Mobiliario de oficina"))


def test_dice_lo_que_se_pide_y_que_se_confirmo() -> None:
    dicho = letras(hacer_dbc(DATOS))

    for parte in (
        "Mobiliario escolar",
        "28-1101-00-1678000-1-1",
        "20 de marzo de 2028, 16:00",
        "1. Pupitre",
        "40 piezas x Bs 450,00 = Bs 18.000,00",
        "Planos: Planos del aula",
        "Se presenta también: Cronograma de entrega (si falta, se puede subsanar).",
        "Se presenta también: Muestra de tela (si falta, la oferta queda fuera).",
        "ab" * 32,
        "3 [confirmado] DS 0181",
        "10 por mil de lo que llega tarde [por confirmar] Modelo de contrato",
        "08:30 [por confirmar]",
        "Bs 50.000,00 [confirmado]",
    ):
        assert parte in dicho, parte


@pytest.mark.parametrize(
    ("categoria", "codigo"), list(itertools.product(get_args(Categoria), ("CM", "ANPE", "ANPP", "LP", "CD")))
)
def test_hay_uno_por_modalidad_y_objeto(categoria: str, codigo: str) -> None:
    datos = replace(DATOS, categoria=categoria, reglas=replace(DATOS.reglas, codigo=codigo))
    dicho = letras(hacer_dbc(datos))

    assert f"1. {OBJETOS[categoria].que}" in dicho
    assert f"formalizar, {OBJETOS[categoria].cumplir}, recibir" in dicho
    assert ("contratación menor" in dicho) == (codigo == "CM")
    assert ("licitación pública" in dicho) == (codigo == "LP")


@pytest.mark.parametrize(("dias", "dice"), [(0, "la decisión no se impugna (DS"), (4, "hacerlo: 4 (DS")])
def test_lo_que_no_se_impugna_no_dice_que_se_puede(dias: int, dice: str) -> None:
    valores = VALORES | {Clave.DIAS_IMPUGNACION: Valor(dias, True, "DS 0181", "", DESDE)}
    dicho = letras(hacer_dbc(replace(DATOS, reglas=replace(DATOS.reglas, valores=valores))))
    assert dice in dicho
    assert ("se puede impugnar" in dicho) is bool(dias)


@pytest.mark.parametrize(("forma", "metodo"), list(itertools.product(Forma, Metodo)))
def test_dice_como_se_decide(forma: Forma, metodo: Metodo) -> None:
    puntos = 0 if metodo == Metodo.PRECIO else 70
    datos = replace(DATOS, adjudica_por=forma, metodo=metodo, puntos_tecnica=puntos, minimo_tecnica=puntos)
    assert ("vale 70 de 100 puntos" in letras(hacer_dbc(datos))) == bool(puntos)


@pytest.mark.parametrize("subasta", [True, False])
def test_si_hay_subasta_lo_dice(subasta: bool) -> None:
    dicho = letras(hacer_dbc(replace(DATOS, subasta=subasta)))
    assert ("Hay subasta electrónica" in dicho) is subasta
    assert (f"{DATOS.url}/subasta" in dicho) is subasta
    assert ("es un acto público con su acta." in dicho) is not subasta


def test_los_parrafos_quedan_en_su_renglon() -> None:
    dicho = renglones(hacer_dbc(replace(DATOS, descripcion="Para dos unidades.\n- Aulas\n- Talleres")))
    assert {"Para dos unidades.", "- Aulas", "- Talleres"} <= set(dicho)


def test_doscientos_items_caben() -> None:
    renglon = Renglon("Pupitre " + "muy largo " * 20, "40 piezas", bs("450.00"), bs("18000.00"))
    pdf = hacer_dbc(replace(DATOS, lotes=[LoteDelDbc("Lote 1", [renglon] * 200)]))
    assert len(pdf) < 100_000


def test_se_escribe_al_publicar_con_lo_que_quedo_congelado(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    (dbc,) = documentos_de(sesion, id_)
    assert (dbc.vigente.clase, dbc.vigente.numero, dbc.vigente.recibido) == (Clase.DBC, 0, None)
    guardado = bytes_de(sesion, dbc.vigente.archivo_id)
    assert hashlib.sha256(guardado).hexdigest() == dbc.vigente.sha256
    # Anybody with the same facts writes the same paper.
    proceso = sesion.get_one(Convocatoria, id_)
    assert proceso.publicado_en is not None
    de_el = items_de(sesion, id_), lotes_de(sesion, id_), documentos_de(sesion, id_)
    assert hacer_dbc(_datos(sesion, proceso, *de_el, proceso.publicado_en)) == guardado
    assert "Mobiliario escolar" in letras(guardado)
    publicar_todo()
    assert verificar_documentos(sesion) == []


def test_va_en_castellano_en_cualquier_idioma(feria: Feria, sesion: Session) -> None:
    marca = idioma.set("en")
    try:
        id_ = feria.publicada().id
    finally:
        idioma.reset(marca)
    (dbc,) = documentos_de(sesion, id_)
    assert "página 1 de" in letras(bytes_de(sesion, dbc.vigente.archivo_id))


def test_cada_version_tiene_el_suyo(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    with transaccion() as otra:
        enmendar(
            otra, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, lugar_entrega="Almacén del sur")
        )
    with transaccion() as otra:
        suspender(otra, feria.entidad.actor, id_, MOTIVO)
    (dbc,) = documentos_de(sesion, id_)
    assert [v.desde_version for v in (dbc.vigente, *dbc.anteriores)] == [2, 1]
    assert "Almacén del sur" in letras(bytes_de(sesion, dbc.vigente.archivo_id))
    assert "Almacén del sur" not in letras(bytes_de(sesion, dbc.anteriores[0].archivo_id))
    publicar_todo()
    assert (verificar_documentos(sesion), verificar_versiones(sesion)) == ([], [])


def test_hay_uno_de_cada_version_sin_tope(feria: Feria, sesion: Session, duenio: Engine) -> None:
    """A process that has fifty is still amended."""
    id_ = feria.publicada().id
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_documento DISABLE TRIGGER USER"))
        conexion.execute(
            text("UPDATE feria_documento SET version = 50 WHERE convocatoria_id = :id"), {"id": id_}
        )
        conexion.execute(text("ALTER TABLE feria_documento ENABLE TRIGGER USER"))
    with transaccion() as otra:
        enmendar(otra, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, lugar_entrega="Almacén"))
    (dbc,) = documentos_de(sesion, id_)
    assert (dbc.vigente.version, dbc.vigente.desde_version) == (51, 2)


def test_nadie_escribe_otro_despues(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    orden = (
        "INSERT INTO feria_documento SELECT gen_random_uuid(), convocatoria_id, 0, 2, 1, clase, titulo,"
        " archivo_id, recibido, subido_en, subido_por, mandato_id FROM feria_documento"
        " WHERE convocatoria_id = :id"
    )
    with pytest.raises(DBAPIError, match="change by versions"), transaccion() as otra:
        otra.connection().execute(text(orden), {"id": id_})
    assert len(sesion.exec(select(Documento)).all()) == 1


def test_la_pagina_lo_ofrece(feria: Feria, cliente: Any) -> None:
    id_ = feria.publicada().id
    pagina = cliente.get(f"/feria/{id_}").text
    assert f'href="/feria/{id_}/documentos/0/1"' in pagina
    bajado = cliente.get(f"/feria/{id_}/documentos/0/1")
    assert hashlib.sha256(bajado.content).hexdigest() in pagina
    (dbc,) = cliente.get(f"/api/v1/convocatorias/{id_}/documentos").json()
    assert (dbc["clase"], dbc["recibido"], dbc["huella"]) == (
        "dbc",
        None,
        hashlib.sha256(bajado.content).hexdigest(),
    )
    assert cliente.get(f"/api/v1/convocatorias/{id_}/documentos/0/1").content == bajado.content


def test_cada_valor_de_las_reglas_tiene_su_nombre_y_sus_palabras() -> None:
    """A value that a room adds without a name here would keep every process from being published."""
    for clave in Clave:
        valor = Valor(1, False, "Por cotejar", "", date(2020, 1, 1))
        assert nombre_de_regla(clave)
        assert valor_en_palabras(clave, valor)
