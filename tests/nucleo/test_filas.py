"""Many rows in one statement: the same that one by one would have written."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DataError
from sqlmodel import Session, col, select

from nucleo.eventos import Noticia, publicar, publicar_varias
from nucleo.filas import actualizar_filas, insertar_filas, insertar_nuevas, leer_filas
from nucleo.ids import nuevo_id
from nucleo.modelos import Evento


def _fila(**cambios: object) -> dict[str, object]:
    return {"id": nuevo_id(), "tipo": "T", "objeto_id": nuevo_id(), "datos": {}, "actor": "yo"} | cambios


def test_van_en_su_orden_con_lo_que_la_base_pone(sesion: Session) -> None:
    noticias = [Noticia(f"T{n}", nuevo_id(), {"ñ": n, "es": 'una "cita" y \\'}) for n in range(30)]
    ids = publicar_varias(sesion, noticias)
    ultimo = publicar(sesion, "T30", nuevo_id())
    filas = sesion.exec(select(Evento).order_by(col(Evento.numero))).all()
    assert [f.id for f in filas] == [*ids, ultimo]
    assert [(f.tipo, f.objeto_id, f.datos) for f in filas[:30]] == [
        (n.tipo, n.objeto_id, n.datos) for n in noticias
    ]
    assert all(f.creado_en is not None and f.repartido_en is None for f in filas)
    assert publicar_varias(sesion, []) == []


def test_las_repetidas_se_dejan_y_las_demas_entran(sesion: Session) -> None:
    una, otra = _fila(), _fila()
    assert insertar_nuevas(sesion, Evento, [una]) == {una["id"]}
    assert insertar_nuevas(sesion, Evento, [una, otra, otra]) == {otra["id"]}
    assert insertar_nuevas(sesion, Evento, []) == set()
    assert set(sesion.exec(select(Evento.id))) == {una["id"], otra["id"]}


def test_mientras_se_escriben_se_hace_otra_cosa_y_lo_que_no_entra_se_dice(sesion: Session) -> None:
    hecho: list[int] = []
    una = _fila()
    assert insertar_nuevas(sesion, Evento, [una], lambda: hecho.append(1)) == {una["id"]}
    assert hecho == [1]
    larga = _fila(tipo="T" * 81)  # not cut to what fits
    for escribir in (insertar_filas, insertar_nuevas):
        with pytest.raises(DataError), sesion.begin_nested():
            escribir(sesion, Evento, [_fila(), larga])
    assert list(sesion.exec(select(Evento.id))) == [una["id"]]


def test_cada_una_cambia_lo_suyo(sesion: Session) -> None:
    una, otra, tercera = _fila(), _fila(), _fila()
    insertar_nuevas(sesion, Evento, [una, otra, tercera])
    leida = sesion.exec(select(Evento).where(Evento.id == una["id"])).one()
    instante = datetime(2026, 3, 1, 12, tzinfo=UTC)
    actualizar_filas(
        sesion,
        Evento,
        [{"id": una["id"], "repartido_en": instante}, {"id": otra["id"], "repartido_en": None}],
    )
    actualizar_filas(sesion, Evento, [])
    assert (leida.repartido_en, sesion.is_modified(leida)) == (instante, False)
    consulta = select(Evento.id, Evento.repartido_en)
    leidas = {f.id: f.repartido_en for f in leer_filas(sesion, consulta)}
    assert leidas == {una["id"]: instante, otra["id"]: None, tercera["id"]: None}
    leida.repartido_en = None  # not written yet
    assert {f.id: f.repartido_en for f in leer_filas(sesion, consulta)} == dict.fromkeys(leidas)
