"""An auction by rounds: in each, from the highest to the lowest, one bid in the turn of each."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import Session, select

from feria_inversa.actos import SUBASTA, acta_de_clase
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import vivo
from feria_inversa.subasta.consultas import TurnoDe, turnos_de
from feria_inversa.subasta.errores import FueraDeTurno, PujaInsuficiente, PujaTardia, SubastaSinEmpezar
from feria_inversa.subasta.modelos import Puja
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.tareas import terminar_subastas
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte
from tests.feria_inversa.subasta.ayudas import ITEMS, MINUTO, en_subasta, fin, puja, sala, terminar, totales

SEGUNDO = timedelta(seconds=1)
MOTIVO = "Se cortó la red de la entidad."
Subastada = tuple[UUID, Parte]


@pytest.fixture
def subastada(feria: Feria, reloj: Any) -> Subastada:
    """Of the chairs: Ana bid 59.000; Beto, and then Carla, 58.000. Turns of 3 minutes, pauses of 2."""
    carla = feria.crear_parte("Cooperativa Carla")
    ofertas = [(feria.ana, ["590.00"]), (feria.beto, ["580.00"]), (carla, ["580.00"])]
    return en_subasta(feria, reloj, ofertas, ITEMS[:1], subasta_por_rondas=True), carla


def turnos(id_: UUID) -> list[TurnoDe]:
    with transaccion() as sesion:
        return list(turnos_de(sesion, id_, ahora(), 1)[1])


def ir_al_turno(reloj: Any, id_: UUID, ronda: int, orden: int) -> None:
    reloj.situar(turnos(id_)[3 * (ronda - 1) + orden - 1].desde + SEGUNDO)


def negada(parte: Parte, id_: UUID, total: str) -> str:
    """Why a bid was not taken: it changed nothing."""
    with pytest.raises(FueraDeTurno) as error:
        puja(parte, id_, total)
    return str(error.value)


def test_en_cada_ronda_puja_primero_quien_va_mas_alto(
    feria: Feria, sesion: Session, reloj: Any, subastada: Subastada
) -> None:
    id_, carla = subastada
    ana, beto = feria.ana, feria.beto
    empieza = sala(id_).subasta.empieza_en
    minutos = [(t.ronda, (t.desde - empieza) / MINUTO, (t.hasta - empieza) / MINUTO) for t in turnos(id_)]
    assert minutos == [
        *[(1, 2, 5), (1, 5, 8), (1, 8, 11)],
        *[(2, 13, 16), (2, 16, 19), (2, 19, 22)],
        *[(3, 24, 27), (3, 27, 30), (3, 30, 33)],
    ]
    assert fin(id_) == empieza + 33 * MINUTO
    assert [t.proponente is None for t in turnos(id_)] == [False] * 3 + [True] * 6
    for parte in (ana, beto, carla):  # a pause is nobody's
        assert "en su turno" in negada(parte, id_, "50000.00")

    ir_al_turno(reloj, id_, 1, 1)
    with pytest.raises(PujaInsuficiente):
        puja(ana, id_, "58400.01")
    hecha = puja(ana, id_, "57000.00")
    assert "una vez" in negada(ana, id_, "56000.00")
    for parte in (beto, carla):  # of equal ones who said it first bids last
        assert "en su turno" in negada(parte, id_, "50000.00")
    assert totales(id_) == ["58000.00", "58000.00", "59000.00"]  # it is seen when its turn ends
    ir_al_turno(reloj, id_, 1, 2)
    assert totales(id_) == ["57000.00", "58000.00", "58000.00"]
    assert puja(ana, id_, "57000.00", clave=hecha.id).numero == 1  # the same once more is the same bid
    assert "en su turno" in negada(beto, id_, "50000.00")
    ir_al_turno(reloj, id_, 1, 3)
    puja(beto, id_, "56000.00")

    ir_al_turno(reloj, id_, 2, 1)  # Carla 58.000, Ana 57.000, Beto 56.000
    assert "en su turno" in negada(ana, id_, "50000.00")
    puja(carla, id_, "55000.00")
    ir_al_turno(reloj, id_, 3, 1)  # Ana, Beto, Carla
    assert "en su turno" in negada(carla, id_, "50000.00")
    puja(ana, id_, "54000.00")
    terminar(reloj, id_)
    with pytest.raises(PujaTardia):
        puja(beto, id_, "50000.00")
    assert totales(id_) == ["54000.00", "55000.00", "56000.00"]
    assert verificar_subastas(sesion) == []
    acta = acta_de_clase(sesion, id_, SUBASTA)
    assert acta is not None
    dicho = json.loads(acta.contenido)
    assert {c: dicho["reglas"][c] for c in ("rondas", "turno_min", "pausa_min")} == {
        "rondas": 3,
        "turno_min": 3,
        "pausa_min": 2,
    }
    (cosa,) = dicho["grupos"]
    assert [p["ronda"] for p in cosa["pujas"]] == [1, 1, 2, 3]
    quienes = {p["proponente"]: p["proveedor"].split()[-1] for p in dicho["proponentes"]}
    assert [quienes[t["proponente"]] for t in cosa["turnos"]] == [
        *["Ana", "Carla", "Beto"],
        *["Carla", "Ana", "Beto"],
        *["Ana", "Beto", "Carla"],
    ]


def test_verify_cuenta_otra_vez_los_turnos(
    feria: Feria, sesion: Session, reloj: Any, subastada: Subastada, duenio: Engine
) -> None:
    """A turn that was moved, and an act that gives one to another, are told."""
    id_, _carla = subastada
    ir_al_turno(reloj, id_, 1, 1)
    puja(feria.ana, id_, "57000.00")
    ir_al_turno(reloj, id_, 1, 2)
    with transaccion() as otra:
        avisar_interrupcion(otra, feria.entidad.actor, id_, fin(id_) + 40 * MINUTO, MOTIVO)
    terminar(reloj, id_)
    cuce = sesion.get_one(Convocatoria, id_).cuce
    mover = text(
        "UPDATE feria_subasta_turno SET hasta = hasta + :m WHERE convocatoria_id = :id AND orden = 3"
    )
    cambiar = text(
        "UPDATE feria_acta SET contenido = x.dicho,"
        " huella = encode(sha256(convert_to(x.dicho, 'UTF8')), 'hex')"
        " FROM (SELECT id, replace(replace(replace(contenido, :a, '#'), :b, :a), '#', :b) AS dicho"
        " FROM feria_acta) x WHERE x.id = feria_acta.id AND convocatoria_id = :id AND clase = 'subasta'"
    )
    uno, dos = (
        {n: f'"ronda":1,"proponente":{x}' for n, x in zip("ab", par, strict=True)} for par in ("12", "21")
    )
    moverla = f"los turnos del ítem 1 de {cuce} no son los de sus minutos y sus avisos"
    decirla = f"el acta de la subasta de {cuce} no dice los turnos del ítem 1"
    for sentencia, valores, faltas in (
        (mover, {"m": MINUTO}, [moverla]),
        (mover, {"m": -MINUTO}, []),
        (cambiar, uno, [decirla]),
        (cambiar, dos, []),
    ):
        sesion.rollback()
        with duenio.begin() as conexion:
            conexion.execute(text("ALTER TABLE feria_acta DISABLE TRIGGER USER"))
            conexion.execute(sentencia, valores | {"id": id_})
            conexion.execute(text("ALTER TABLE feria_acta ENABLE TRIGGER USER"))
        assert verificar_subastas(sesion) == faltas


def test_solo_el_tiempo_la_termina(feria: Feria, sesion: Session, reloj: Any, subastada: Subastada) -> None:
    id_, _carla = subastada
    reloj.situar(sala(id_).subasta.empieza_en - MINUTO)
    with pytest.raises(SubastaSinEmpezar):
        puja(feria.ana, id_, "50000.00")
    reloj.situar(fin(id_) - MINUTO)
    assert terminar_subastas() == 0
    terminar(reloj, id_)
    assert sesion.get_one(Convocatoria, id_).estado == "evaluacion"
    assert totales(id_) == ["58000.00", "58000.00", "59000.00"]


def test_un_aviso_corre_el_turno_que_corre_y_los_que_siguen(
    feria: Feria, sesion: Session, reloj: Any, subastada: Subastada
) -> None:
    id_, carla = subastada
    ir_al_turno(reloj, id_, 1, 1)
    puja(feria.ana, id_, "57000.00")
    ir_al_turno(reloj, id_, 1, 2)
    antes, termina = turnos(id_), fin(id_)
    with transaccion() as otra:
        avisar_interrupcion(otra, feria.entidad.actor, id_, termina + 40 * MINUTO, MOTIVO)
    pares = zip(antes, turnos(id_), strict=True)
    corridos = [((b.desde - a.desde) / MINUTO, (b.hasta - a.hasta) / MINUTO) for a, b in pares]
    assert corridos == [(0, 0), (0, 40), *[(40, 40)] * 7]
    assert fin(id_) == termina + 40 * MINUTO
    reloj.situar(antes[1].hasta + 30 * MINUTO)
    puja(carla, id_, "56000.00")
    ir_al_turno(reloj, id_, 1, 3)
    puja(feria.beto, id_, "55000.00")
    terminar(reloj, id_)
    assert verificar_subastas(sesion) == []
    assert totales(id_) == ["55000.00", "56000.00", "57000.00"]


def test_un_aviso_corre_lo_mismo_cada_cosa(feria: Feria, reloj: Any) -> None:
    """Two compete for the first, one more for the second: it ends later, and both move by as much."""
    carla = feria.crear_parte("Cooperativa Carla")
    ofertas = [
        (feria.ana, ["590.00", "1900.00"]),
        (feria.beto, ["580.00", "1950.00"]),
        (carla, [None, "1850.00"]),
    ]
    id_ = en_subasta(feria, reloj, ofertas, ITEMS[:2], subasta_por_rondas=True)
    ir_al_turno(reloj, id_, 1, 1)
    antes = {s.numero: s.termina_en for s in sala(id_).subastados}
    assert antes[2] - antes[1] == 9 * MINUTO
    with transaccion() as otra, pytest.raises(DatosInvalidos):  # no later than the last one's end
        avisar_interrupcion(otra, feria.entidad.actor, id_, antes[2], MOTIVO)
    assert {s.numero: s.termina_en for s in sala(id_).subastados} == antes
    with transaccion() as otra:
        avisar_interrupcion(otra, feria.entidad.actor, id_, antes[2] + 10 * MINUTO, MOTIVO)
    despues = {s.numero: s.termina_en for s in sala(id_).subastados}
    assert despues == {numero: fin + 10 * MINUTO for numero, fin in antes.items()}
    with transaccion() as sesion:
        por_cosa = turnos_de(sesion, id_, ahora())
        assert {n: ts[-1].hasta for n, ts in por_cosa.items()} == despues
        assert verificar_subastas(sesion) == []


@pytest.mark.parametrize(
    "acto",
    [
        "INSERT INTO feria_subasta_turno SELECT convocatoria_id, numero, 4, 1, now(), 'infinity'"
        " FROM feria_subasta_grupo",
        "UPDATE feria_subasta_turno SET hasta = hasta + interval '1 hour'",
        "DELETE FROM feria_subasta_turno",
        "UPDATE feria_subasta SET rondas = 0",
        "UPDATE feria_convocatoria SET subasta_por_rondas = false",
    ],
)
def test_el_papel_de_la_aplicacion_no_mueve_los_turnos(
    sesion: Session, subastada: Subastada, acto: str
) -> None:
    antes = turnos(subastada[0])
    with pytest.raises((ProgrammingError, DBAPIError)):
        sesion.connection().execute(text(acto))
    sesion.rollback()
    assert turnos(subastada[0]) == antes


def test_ni_el_duenio_escribe_dos_pujas_de_una_ronda(feria: Feria, reloj: Any, subastada: Subastada) -> None:
    id_, _carla = subastada
    ir_al_turno(reloj, id_, 1, 1)
    puja(feria.ana, id_, "57000.00")
    otra = (
        "INSERT INTO feria_puja (participante_id, cliente_id, precios, hecha_en, hecha_por, numero,"
        " numero_anterior, anterior, monto, paso, ronda) SELECT participante_id, gen_random_uuid(), precios,"
        " hecha_en, 'x', 2, 1, monto, monto - paso, paso, 1 FROM feria_puja WHERE ronda = 1"
    )
    with (
        pytest.raises(DBAPIError, match="uq_feria_puja_participante_id_ronda"),
        feria.duenio.begin() as conexion,
    ):
        conexion.execute(text(otra))


def test_lo_que_se_puja_en_un_turno_se_dice_cuando_termina(
    feria: Feria, reloj: Any, cliente: Any, subastada: Subastada, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vivo, "DURA_S", 0.0)
    id_, _carla = subastada
    api = f"/api/v1/convocatorias/{id_}/subasta"
    assert (cliente.get(api).json()["rondas"], cliente.get(api).json()["grupos"][0]["turno"]) == (3, None)
    ir_al_turno(reloj, id_, 1, 1)
    puja(feria.ana, id_, "57000.00")
    dicho = cliente.get(f"{api}/eventos?grupo=1").text
    (de_ana,) = [p.proponente for p in sala(id_).subastados[0].posturas if f"{p.total.amount:.0f}" == "59000"]
    assert (dicho.count("event: puja"), f'"turno":{{"ronda":1,"proponente":{de_ana},' in dicho) == (0, True)
    turno = cliente.get(api).json()["grupos"][0]["turno"]
    assert (turno["ronda"], turno["proponente"]) == (1, de_ana)
    ir_al_turno(reloj, id_, 1, 2)
    dicho = cliente.get(f"{api}/eventos?grupo=1").text
    assert (dicho.count("event: puja"), '"57000.00"' in dicho) == (1, True)


def test_la_pagina_dice_de_quien_es_el_turno(
    feria: Feria,
    reloj: Any,
    sesion: Session,
    sesion_web: Callable[..., Any],
    cliente: Any,
    subastada: Subastada,
) -> None:
    id_, carla = subastada
    pagina = f"/feria/{id_}/subasta"
    ana, de_carla = sesion_web(feria.ana.persona), sesion_web(carla.persona)
    pausa = ana.get(pagina).text
    assert "3 rondas" in pausa
    assert "Pausa" in pausa
    assert "Su turno de la ronda 1" in pausa
    assert "Su nuevo total" not in pausa
    ir_al_turno(reloj, id_, 1, 1)
    assert "Su nuevo total" in ana.get(pagina).text
    otra = de_carla.get(pagina).text
    assert "turno del proponente" in otra
    assert "Su nuevo total" not in otra
    hoja = {"_id": str(uuid4()), "unidad_id": str(carla.id), "grupo": "1", "total": "50.000,00"}
    fuera = de_carla.post(pagina, data=hoja)
    assert fuera.status_code == 409
    assert "en su turno" in fuera.text
    assert sesion.exec(select(Puja).where(Puja.numero > 0)).all() == []
    suya = hoja | {"_id": str(uuid4()), "unidad_id": str(feria.ana.id), "total": "57.000,00"}
    assert ana.post(pagina, data=suya, follow_redirects=False).status_code == 303
    assert "Ya pujó en este turno: Bs\u00a057.000,00" in ana.get(pagina).text
    assert "57.000,00" not in cliente.get(pagina).text
    ir_al_turno(reloj, id_, 1, 2)
    assert "57.000,00" in cliente.get(pagina).text
    assert "Su nuevo total" in de_carla.get(pagina).text


def test_las_rondas_son_de_una_subasta(feria: Feria, subastada: Subastada) -> None:
    with pytest.raises(DatosInvalidos, match="rondas"):
        feria.borrador(ITEMS, subasta_por_rondas=True)
    with transaccion() as sesion:
        reglas = sesion.get_one(Convocatoria, subastada[0]).reglas
        continua = sesion.get_one(Convocatoria, feria.publicada(items=ITEMS, subasta=True).id).reglas
    assert {c for c in reglas["valores"] if c.startswith("subasta_")} == {
        *("subasta_paso", "subasta_espera", "subasta_prorroga", "subasta_turno", "subasta_pausa"),
    }
    assert {c for c in continua["valores"] if c.startswith("subasta_")} == {
        *("subasta_paso", "subasta_espera", "subasta_prorroga", "subasta_duracion", "subasta_extension"),
    }
