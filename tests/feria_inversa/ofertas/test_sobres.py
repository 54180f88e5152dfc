"""Nobody reads a price before the opening, by any path; what was handed in is what is opened."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

import feria_inversa
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.consultas import comparar
from feria_inversa.ofertas.consultas import ofertas_abiertas
from feria_inversa.ofertas.errores import PlazoNoVencido, SobresCerrados
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.ofertas.sobres import SobreAlterado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo

PRECIO = "43211.77"
HUELLAS_DEL_PRECIO = ("43211.77", "43.211,77", "43211,77", "4321177")


def _donde_aparece(sesion: Session, agujas: tuple[str, ...]) -> set[str]:
    """Tables with a row whose text holds one of these."""
    tablas = sesion.connection().execute(
        text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    )
    halladas = set()
    for (tabla,) in tablas.all():
        for aguja in agujas:
            consulta = text(f"SELECT 1 FROM {tabla} AS t WHERE CAST(t AS text) LIKE :aguja LIMIT 1")
            if sesion.connection().execute(consulta, {"aguja": f"%{aguja}%"}).first():
                halladas.add(tabla)
    return halladas


def test_antes_de_la_apertura_el_precio_no_esta_en_ninguna_otra_tabla(
    feria: Feria, sesion: Session, cliente: Any, token_de: Any
) -> None:
    convocatoria = feria.publicada()
    item = feria.items(convocatoria.id)[0]
    cuerpo = {
        "unidad_id": str(feria.ana.id),
        "lineas": [
            {
                "item_id": str(item.id),
                "precio_unitario": {"monto": PRECIO},
                "marca": "Artesanal",
                "plazo_dias": 10,
            }
        ],
    }
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}", "Idempotency-Key": "una"}
    respuesta = cliente.post(
        f"/api/v1/convocatorias/{convocatoria.id}/ofertas", json=cuerpo, headers=cabeceras
    )
    entregar_pendientes()

    assert respuesta.status_code == 201, respuesta.text
    assert not any(huella in respuesta.text for huella in HUELLAS_DEL_PRECIO)
    # The envelope is the only place, and it shows as bytes.
    assert _donde_aparece(sesion, HUELLAS_DEL_PRECIO) == set()
    contenido = sesion.connection().execute(text("SELECT contenido FROM feria_sobre")).scalar_one()
    assert PRECIO.encode() in bytes(contenido)


def test_nadie_lista_ofertas_antes_de_la_apertura(
    feria: Feria, sesion: Session, cliente: Any, token_de: Any, reloj: Any
) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, [PRECIO, None])
    url = f"/api/v1/convocatorias/{convocatoria.id}/ofertas"
    for persona in (None, feria.ana.persona, feria.beto.persona, feria.entidad.persona):
        cabeceras = {"Authorization": f"Bearer {token_de(persona)}"} if persona else {}
        negada = cliente.get(url, headers=cabeceras)
        assert negada.status_code == 409
        assert negada.json()["codigo"] == "sobres_cerrados"
    reloj.adelantar(timedelta(days=10, seconds=1))  # the deadline alone opens nothing
    assert cliente.get(url).status_code == 409

    fila = sesion.get_one(Convocatoria, convocatoria.id)
    for lectura in (comparar, ofertas_abiertas):
        with pytest.raises(SobresCerrados):
            lectura(sesion, fila)


def test_la_apertura_antes_de_la_hora_no_abre_nada(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, [PRECIO, None])
    reloj.adelantar(timedelta(days=9, hours=23))

    with pytest.raises(PlazoNoVencido), transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)

    assert sesion.get_one(Convocatoria, convocatoria.id).estado == "publicado"
    assert sesion.exec(select(OfertaLinea)).all() == []


def test_la_base_rechaza_lineas_antes_de_la_apertura(feria: Feria, sesion: Session) -> None:
    convocatoria = feria.publicada()
    oferta = feria.ofertar(feria.ana, convocatoria.id, [PRECIO, None])
    item = feria.items(convocatoria.id)[0]
    with pytest.raises(IntegrityError, match="envelopes are closed"):
        sesion.connection().execute(
            text(
                "INSERT INTO feria_oferta_linea (id, convocatoria_id, oferta_id, item_id, "
                "precio_unitario, total, marca, detalle, plazo_dias) "
                "VALUES (gen_random_uuid(), :c, :o, :i, 1, 1, 'x', '', 1)"
            ),
            {"c": convocatoria.id, "o": oferta, "i": item.id},
        )


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_convocatoria SET estado = 'recepcion_cerrada'",
        "UPDATE feria_convocatoria SET estado = 'evaluacion'",
        "UPDATE feria_convocatoria SET vence_en = vence_en - interval '1 day'",
        "UPDATE feria_convocatoria SET titulo = 'Otra cosa'",
        "DELETE FROM feria_convocatoria",
        "UPDATE feria_item SET precio_referencial = 1",
        "DELETE FROM feria_item",
        "UPDATE feria_oferta SET presentada_en = presentada_en - interval '1 hour'",
        "UPDATE feria_oferta SET huella = repeat('0', 64)",
        "DELETE FROM feria_oferta",
        "UPDATE feria_sobre SET contenido = 'x'",
        "DELETE FROM feria_sobre",
        "UPDATE feria_ocds_release SET contenido = '{}'",
        "DELETE FROM feria_ocds_release",
    ],
)
def test_la_base_rechaza_cambiar_lo_publicado(feria: Feria, duenio: Engine, sentencia: str) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, [PRECIO, None])
    publicar_todo()
    with duenio.connect() as conexion, pytest.raises(IntegrityError):
        conexion.execute(text(sentencia))


def test_un_sobre_alterado_no_se_abre(feria: Feria, sesion: Session, duenio: Engine, reloj: Any) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, [PRECIO, None])
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_sobre DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE feria_sobre "
                "SET contenido = replace(encode(contenido, 'escape'), '43211', '13211')::bytea"
            )
        )
        conexion.execute(text("ALTER TABLE feria_sobre ENABLE TRIGGER USER"))
    reloj.adelantar(timedelta(days=10, seconds=1))

    with pytest.raises(SobreAlterado), transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)

    assert sesion.get_one(Convocatoria, convocatoria.id).estado == "publicado"
    assert sesion.exec(select(OfertaLinea)).all() == []


def test_los_sobres_reemplazados_y_retirados_no_se_abren(feria: Feria, sesion: Session, reloj: Any) -> None:
    from feria_inversa.ofertas.ofertas import retirar_oferta

    convocatoria = feria.publicada()
    primera = feria.ofertar(feria.ana, convocatoria.id, ["450.00", "780.00"])
    segunda = feria.ofertar(feria.ana, convocatoria.id, ["440.00", "770.00"], reemplazar=True)
    de_beto = feria.ofertar(feria.beto, convocatoria.id, ["1.00", "1.00"])
    with transaccion() as otra:
        retirar_oferta(otra, feria.beto.actor, de_beto)
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        acta = abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)

    assert (acta.ofertas, acta.retiradas) == (1, 1)
    abiertas = ofertas_abiertas(sesion, sesion.get_one(Convocatoria, convocatoria.id))
    assert [(a.oferta.id, a.total) for a in abiertas] == [(segunda, bs("22220.00"))]
    estados = {o.id: (o.estado, o.intento) for o in sesion.exec(select(Oferta))}
    assert estados == {
        primera: ("reemplazada", 1),
        segunda: ("vigente", 2),
        de_beto: ("retirada", 1),
    }


def test_solo_un_archivo_toca_los_sobres() -> None:
    carpeta = Path(feria_inversa.__file__).parent
    tocan = {
        archivo.relative_to(carpeta).as_posix()
        for archivo in carpeta.rglob("*.py")
        if re.search(r"\bSobre\b|feria_sobre", archivo.read_text(encoding="utf-8"))
    }
    assert tocan == {"ofertas/modelos.py", "ofertas/sobres.py"}
