"""Flags as they are kept: by each release of a process, by an entity, by all; and what an entity answers."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

import feria_inversa.banderas.verificar  # noqa: F401 (it registers itself)
from empresa_digital.registro import SinFacultad
from feria_inversa.banderas.consultas import Filtro, de_un_proceso, en_pie, entidad_mirada
from feria_inversa.banderas.errores import BanderaNoEncontrada, DemasiadasRespuestas
from feria_inversa.banderas.mirar import mirar_todos
from feria_inversa.banderas.modelos import RESPUESTAS, BanderaVista, RespuestaDeEntidad
from feria_inversa.banderas.presentar import datos_dichos
from feria_inversa.banderas.responder import responder
from feria_inversa.banderas.tareas import mirar_entidades, mirar_procesos
from feria_inversa.panorama import llevar_historia
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import PRIMERA_PAGINA
from nucleo.verificar import verificar
from tests.feria_inversa.banderas.ayudas import con_bandera
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer

RESPUESTA = "La madera no era la pedida: el informe lo dice."


def vistas(sesion: Session) -> list[tuple[str, str, bool]]:
    sesion.rollback()
    filas = sesion.exec(select(BanderaVista).order_by(col(BanderaVista.codigo), col(BanderaVista.id)))
    return [(fila.codigo, fila.valor, fila.levantada_en is None) for fila in filas]


def test_se_ven_con_la_publicacion_que_las_dice_y_no_antes(
    feria: Feria, reloj: Any, sesion: Session, duenio: Engine, aplicacion: Any
) -> None:
    antes: list[Any] = []

    def oir() -> None:
        entregar_pendientes()
        antes.append(vistas(sesion))

    id_ = con_bandera(feria, reloj, oir)
    assert antes == [[], [("Q04", "2", True)]]  # who bid is known from the opening on
    entregar_pendientes()
    assert vistas(sesion) == [("Q04", "2", True), ("R035", "1", True), ("R036", "1", True)]
    contacto, sola, baja = de_un_proceso(sesion, id_)
    assert contacto.bandera.datos == {"comparten": "telefono", "oferentes": 2}
    assert sola.bandera.datos == {"descalificados": 1, "ofertas": 2}
    assert baja.bandera.datos == {"descalificada": 900, "valida": 1000}
    assert [quien["nombre"] for quien in sola.bandera.quienes] == ["Cooperativa Ana"]
    assert verificar("banderas") == []

    cuando = [fila.cambio_en for fila in sesion.exec(select(BanderaVista))]
    with duenio.begin() as conexion:  # heard again, and looked at again: nothing changes
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
        conexion.execute(text("UPDATE feria_bandera_proceso SET definiciones = 'otra'"))
    entregar_pendientes()
    assert mirar_procesos() == 0
    sesion.rollback()
    assert [fila.cambio_en for fila in sesion.exec(select(BanderaVista))] == cuando
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_bandera SET valor = '2' WHERE codigo = 'R035'"))
    assert len(verificar("banderas")) == 1
    with duenio.begin() as conexion:  # as of another edition of the definitions
        conexion.execute(text("UPDATE feria_bandera_proceso SET definiciones = 'otra'"))
    assert mirar_procesos() == 1
    assert verificar("banderas") == []


def test_la_entidad_responde_y_lo_que_dijo_queda(
    feria: Feria, reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    id_ = con_bandera(feria, reloj)
    entregar_pendientes()
    for actor, codigo, error in (
        (feria.ana.actor, "R036", SinFacultad),
        (feria.entidad.actor, "R018", BanderaNoEncontrada),
        (feria.entidad.actor, "no", BanderaNoEncontrada),
    ):
        with pytest.raises(error), transaccion() as otra:
            responder(otra, actor, id_, codigo, RESPUESTA)
    sesion.rollback()
    assert sesion.exec(select(RespuestaDeEntidad)).all() == []
    for vez in range(RESPUESTAS):
        with transaccion() as otra:
            responder(otra, feria.entidad.actor, id_, "R036", f"{RESPUESTA} {vez}")
    with pytest.raises(DemasiadasRespuestas), transaccion() as otra:
        responder(otra, feria.entidad.actor, id_, "R036", RESPUESTA)
    sesion.rollback()
    _contacto, sola, baja = de_un_proceso(sesion, id_)
    assert sola.respuestas == []
    assert [(r.version, r.texto) for r in baja.respuestas] == [
        (vez + 1, f"{RESPUESTA} {vez}") for vez in range(RESPUESTAS)
    ]
    assert {(r.unidad_id, r.respondida_por) for r in baja.respuestas} == {
        (feria.entidad.id, feria.entidad.actor.nombre)
    }


def test_lo_que_nadie_vio_y_quien_no_es_su_entidad_se_notan(
    feria: Feria, reloj: Any, bd: Engine, duenio: Engine, aplicacion: Any
) -> None:
    """What the application may not write, and what it may and `verify` says."""
    id_ = con_bandera(feria, reloj)
    entregar_pendientes()
    with transaccion() as sesion:
        responder(sesion, feria.entidad.actor, id_, "R036", RESPUESTA)
    assert verificar("banderas") == []
    for version, quien in ((2, feria.ana.id), (3, feria.entidad.id), (1, feria.entidad.id)):
        with pytest.raises(DBAPIError, match=r"a flag is answered|an answer follows"), bd.begin() as conexion:
            conexion.execute(
                text(
                    "INSERT INTO feria_bandera_respuesta (id, bandera_id, version, unidad_id, texto,"
                    " respondida_por) SELECT gen_random_uuid(), bandera_id, :version, :quien, texto, 'otro'"
                    " FROM feria_bandera_respuesta"
                ),
                {"version": version, "quien": quien},
            )
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_bandera_respuesta SET unidad_id = :ana"), {"ana": feria.ana.id})
    (falta,) = verificar("banderas")
    assert falta.endswith(": respondió a su bandera quien no es su entidad")
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM feria_bandera_respuesta"))
    traer(CABEZA + renglon(1))
    llevar_historia()
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_bandera (codigo, version, sobre, proceso_id, dia, valor, datos, quienes)"
                " SELECT 'R030', 1, 'proceso', id, dia, '1', '{}', '[]' FROM feria_mercado_proceso"
                " WHERE archivo_id IS NOT NULL"
            )
        )
    assert verificar("banderas") == ["24-0389-00-0000001-1-1: tiene banderas que nadie le vio"]


def test_la_historia_solo_dice_lo_que_sabe(sesion: Session, bd: Engine, duenio: Engine) -> None:
    """Two days to bid for an ANPE; a CM has no confirmed least; a wrong date says nothing."""
    mes = CABEZA + "".join(
        (
            renglon(1, modalidad="ANPE", presentacion="2024-03-03"),
            renglon(2, modalidad="ANPE", presentacion="2024-03-05"),
            renglon(3, modalidad="CM", presentacion="2024-03-02"),
            renglon(4, modalidad="ANPE", presentacion="2024-02-01"),
            renglon(5, modalidad="ANPE", presentacion="2024-03-02", normativa="D.S. 26688"),
            renglon(6, cuce="24-0389-00-0000006-0-E", modalidad="ANPE", presentacion=""),
        )
    )
    traer(mes)
    llevar_historia()
    assert mirar_entidades() == 1
    assert vistas(sesion) == [("R003", "1", True)]
    ((una,), _siguiente) = en_pie(sesion, Filtro(entidad="0389"), PRIMERA_PAGINA)
    assert una.bandera.datos == {"dias": 2, "minimo": 4}
    assert una.proceso is not None
    assert una.proceso.cuce == "24-0389-00-0000001-1-1"
    mirada = entidad_mirada(sesion, "0389")
    assert mirada is not None
    assert (mirada.procesos, mirada.sin_convocatoria) == (6, 1)
    assert mirar_entidades() == 0  # looked at less than an hour ago


def test_lo_partido_y_lo_que_se_levanta(sesion: Session, bd: Engine, duenio: Engine) -> None:
    traer(CABEZA + renglon(1) + renglon(2) + renglon(3, publicacion="2024-05-01", presentacion="2024-05-04"))
    llevar_historia()
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_mercado_proceso SET total_referencial = 3000000"))
    assert mirar_entidades() == 1
    assert vistas(sesion) == [("Q06", "6/5", True), ("Q06", "6/5", True)]
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_mercado_proceso SET total_referencial = 1000000"))
        conexion.execute(text("UPDATE feria_bandera_entidad SET mirada_en = mirada_en - interval '2 hours'"))
    assert mirar_entidades() == 1
    assert vistas(sesion) == [("Q06", "6/5", False), ("Q06", "6/5", False)]
    assert en_pie(sesion, Filtro(), PRIMERA_PAGINA) == ([], None)


def test_lo_que_se_convoca_otra_vez_es_uno(sesion: Session, bd: Engine, duenio: Engine) -> None:
    """Deserted and called again within the month: what is bought is one, under its ceiling."""
    otra = renglon(1, cuce="24-0389-00-0000001-2-1", publicacion="2024-03-10", presentacion="2024-03-14")
    traer(CABEZA + renglon(1, estado="Desierto") + otra + renglon(2, estado="Desierto"))
    llevar_historia()
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_mercado_proceso SET total_referencial = 3000000"))
    assert mirar_entidades() == 1
    assert vistas(sesion) == []
    mirada = entidad_mirada(sesion, "0389")
    assert mirada is not None
    assert mirada.procesos == 3


def test_lo_que_despues_se_anula_no_queda_senialado(sesion: Session, bd: Engine, duenio: Engine) -> None:
    for estado, visto, en_pie_ in (
        ("Vigente", date(2024, 5, 1), True),
        ("Anulado desde la convocatoria", date(2024, 6, 1), False),
    ):
        renglones = renglon(1, modalidad="ANPE", presentacion="2024-03-03", estado=estado)
        traer(CABEZA + renglones, visto_en=visto)
        llevar_historia()
        with duenio.begin() as conexion:
            conexion.execute(
                text("UPDATE feria_bandera_entidad SET mirada_en = mirada_en - interval '2 hours'")
            )
        assert mirar_entidades() == 1
        assert vistas(sesion) == [("R003", "1", en_pie_)]


def test_entre_muchas_entidades(sesion: Session, bd: Engine, duenio: Engine) -> None:
    """Of nine with ten processes, the one that calls nobody; the figures are of what the market has."""
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_bandera_entidad (entidad_codigo, nombre, procesos, sin_convocatoria)"
                " SELECT to_char(n, 'FM0000'), 'Entidad ' || n, 10, CASE n WHEN 9 THEN 10 ELSE 1 END"
                " FROM generate_series(1, 9) n"
            )
        )
    for cuantas in (1, 0):
        with transaccion() as otra:
            assert mirar_todos(otra) == cuantas
    assert vistas(sesion) == [("Q07", "1", True)]
    ((una,), _siguiente) = en_pie(sesion, Filtro(codigo="Q07"), PRIMERA_PAGINA)
    assert (una.bandera.quien, una.bandera.nombre, una.proceso) == ("0009", "Entidad 9", None)
    assert una.bandera.datos == {"parte": 10, "todo": 10, "usual": "1/10", "n": 9}


def test_las_paginas_y_la_api_dicen_lo_mismo(feria: Feria, reloj: Any, sesion_web: Any, cliente: Any) -> None:
    id_ = con_bandera(feria, reloj)
    entregar_pendientes()
    ruta, una = f"/feria/{id_}/banderas", f"/api/v1/convocatorias/{id_}/banderas"
    publica = cliente.get(ruta)
    assert publica.status_code == 200
    for dicho in ("Se descalificó la más baja", "900,00", "Cooperativa Ana", "todavía no respondió"):
        assert dicho in publica.text
    assert "Responder por la entidad" not in publica.text
    assert "No se puede decir" in publica.text
    assert "no fija un plazo mínimo" in publica.text
    assert f'href="{ruta}"' in cliente.get(f"/feria/{id_}").text

    assert 'href="/feria/mercado/banderas?entidad=1101"' in publica.text
    assert [d.valor for d in datos_dichos({"comparten": "domicilio, telefono"})] == ["domicilio, teléfono"]

    compra = sesion_web(feria.entidad.persona)
    corta = compra.post(f"{ruta}/R036/respuesta", data={"respuesta": "No."})
    assert corta.status_code == 422
    assert "al menos 10 letras" in corta.text
    hecha = compra.post(f"{ruta}/R036/respuesta", data={"respuesta": RESPUESTA}, follow_redirects=False)
    assert (hecha.status_code, hecha.headers["location"]) == (303, ruta)
    assert RESPUESTA in cliente.get(ruta).text
    dichas = {b["codigo"]: b for b in cliente.get(una).json()}
    assert [r["texto"] for r in dichas["R036"]["respuestas"]] == [RESPUESTA]
    assert dichas["R035"]["datos"] == [
        {"dato": "descalificados", "nombre": "Oferentes descalificados", "valor": 1},
        {"dato": "ofertas", "nombre": "Ofertas", "valor": 2},
    ]
    (quien,) = dichas["R035"]["quienes"]
    todas = "/feria/mercado/banderas"
    for filtro, cuantas in (
        ("", 3),
        ("?codigo=R036", 1),
        ("?codigo=R018", 0),
        ("?entidad=1101", 3),
        ("?entidad=0001", 0),
        (f"?proveedor={quien['id']}", 2),
        (f"?cuce={dichas['R035']['proceso']['cuce']}", 3),
    ):
        pagina = cliente.get(todas + filtro)
        assert pagina.status_code == 200
        assert pagina.text.count("Cómo se calcula") == cuantas, filtro
        assert len(cliente.get("/api/v1/banderas" + filtro).json()["datos"]) == cuantas
        assert len(cliente.get(todas + ".csv" + filtro).text.splitlines()) == cuantas + 1
    assert ";objeto;entidad_codigo;entidad;quien;" in cliente.get(todas + ".csv").text
    assert 'href="/feria/mercado/entidades/1101"' in cliente.get(todas + "?entidad=1101").text
    assert cliente.get(todas + "?codigo=otra").status_code == 422
    assert json.dumps(RESPUESTA, ensure_ascii=False).strip('"') in cliente.get(todas + ".csv").text
