"""Races of bids around the end, forced on real connections: none is taken late, none in time is lost."""

import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import Session, select

from feria_inversa.actos import SUBASTA, levantar
from feria_inversa.actos.json_exacto import a_json
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.bloqueos import detener
from feria_inversa.subasta.errores import PujaTardia
from feria_inversa.subasta.modelos import Participante, Puja
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.tareas import terminar_subastas
from feria_inversa.subasta.terminar import lo_subastado, terminar_por_reloj
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import nueva_sesion, transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, ahora_bd
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.subasta.ayudas import MINUTO, en_subasta, fin, poner_fin, puja, totales


def esperan(sesion: Session) -> int:
    consulta = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    cuantos = int(sesion.connection().execute(consulta).scalar_one())
    sesion.rollback()
    return cuantos


def esperar_a(sesion: Session, cuantos: int, tarea: Future[Any]) -> None:
    """Until so many wait for a lock, the task among them."""
    while esperan(sesion) < cuantos:
        assert not tarea.done(), tarea.exception()


def mientras_espera(sesion: Session, tarea: Future[Any], hacer: Callable[[], object]) -> Any:
    """Do it once the task waits for a lock; what the task gave."""
    esperar_a(sesion, 1, tarea)
    hacer()
    return tarea.result(timeout=30)


def lenta(propia: Session, parte: Parte, id_: UUID, total: str) -> None:
    pujar(propia, parte.actor, id_, parte.id, 1, bs(total))


def test_el_final_espera_a_la_puja_que_llego_a_tiempo(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    reloj.situar(termina - 20 * MINUTO)
    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        lenta(propia, feria.ana, id_, "57000.00")
        reloj.situar(termina + timedelta(seconds=1))
        final = grupo.submit(terminar_subastas)
        assert mientras_espera(sesion, final, propia.commit) == 1
    assert totales(id_) == ["57000.00", "58000.00"]
    with transaccion() as otra:
        assert verificar_subastas(otra) == []


def test_la_puja_que_alarga_llega_antes_que_el_final(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    poner_fin(feria, id_, termina)
    reloj.situar(termina - MINUTO)
    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        lenta(propia, feria.ana, id_, "57000.00")
        reloj.situar(termina + timedelta(seconds=1))
        final = grupo.submit(terminar_subastas)
        assert mientras_espera(sesion, final, propia.commit) == 0
    assert fin(id_) == termina + 5 * MINUTO
    assert puja(feria.beto, id_, "56000.00").numero == 1


def test_la_tardia_espera_a_la_que_llego_antes_y_alarga(feria: Feria, sesion: Session, reloj: Any) -> None:
    """Whether the one before is kept says whether this one is late."""
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    for queda in (False, True):
        reloj.situar(termina - MINUTO)
        with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
            lenta(propia, feria.ana, id_, "57000.00")
            reloj.situar(termina + timedelta(seconds=1))
            otra = grupo.submit(puja, feria.beto, id_, "56000.00")
            if queda:
                assert mientras_espera(sesion, otra, propia.commit).numero == 1
            else:
                with pytest.raises(PujaTardia):
                    mientras_espera(sesion, otra, propia.rollback)
    assert totales(id_) == ["56000.00", "57000.00"]


def test_la_que_llega_mientras_termina_es_tardia(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    reloj.situar(fin(id_) + timedelta(seconds=1))
    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        assert terminar_por_reloj(propia, id_)
        otra = grupo.submit(puja, feria.ana, id_, "57000.00")
        with pytest.raises(PujaTardia):
            mientras_espera(sesion, otra, propia.commit)
    assert sesion.exec(select(Puja).where(Puja.numero > 0)).all() == []


def test_la_que_se_cruza_con_el_final_se_juzga_otra_vez(feria: Feria, sesion: Session, reloj: Any) -> None:
    """It looked in time, waited for whoever held all of it, and the end came: it is late, and no error."""
    id_ = en_subasta(feria, reloj)
    termina = ahora() + timedelta(seconds=2)
    poner_fin(feria, id_, termina)
    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        detener(propia, id_)
        otra = grupo.submit(puja, feria.ana, id_, "57000.00")

        def llega_el_final() -> None:
            while ahora_bd(propia) <= termina:
                time.sleep(0.02)
            propia.commit()

        with pytest.raises(PujaTardia):
            mientras_espera(sesion, otra, llega_el_final)
    assert sesion.exec(select(Puja).where(Puja.numero > 0)).all() == []


def test_un_aviso_espera_a_las_pujas_y_vale(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    nuevo = fin(id_) + 60 * MINUTO

    def avisar() -> None:
        with transaccion() as otra:
            avisar_interrupcion(otra, feria.entidad.actor, id_, nuevo, "Se cortó la red de la entidad.")

    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        lenta(propia, feria.ana, id_, "57000.00")
        mientras_espera(sesion, grupo.submit(avisar), propia.commit)
    assert (fin(id_), totales(id_)) == (nuevo, ["57000.00", "58000.00"])


def test_la_misma_puja_dos_veces_a_la_vez_es_una(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_, clave = en_subasta(feria, reloj), nuevo_id()
    with ThreadPoolExecutor(4) as grupo:
        hechas = list(grupo.map(lambda _n: puja(feria.ana, id_, "57000.00", clave=clave).hecha_en, range(4)))
    assert len(set(hechas)) == 1
    assert len(sesion.exec(select(Puja).where(Puja.numero > 0)).all()) == 1


def test_la_que_llega_a_tiempo_y_espera_a_un_aviso_lo_sigue_siendo(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    """The chairs end while the notice waits for a bid that is then undone: it was made before their end."""
    id_ = en_subasta(feria, reloj)
    termina, segundo = fin(id_), timedelta(seconds=1)
    nuevo = termina + 60 * MINUTO
    reloj.situar(termina - 20 * segundo)

    def avisar() -> None:
        with transaccion() as otra:
            avisar_interrupcion(otra, feria.entidad.actor, id_, nuevo, "Se cortó la red de la entidad.")

    with nueva_sesion() as propia, ThreadPoolExecutor(2) as grupo:
        lenta(propia, feria.ana, id_, "57000.00")
        aviso = grupo.submit(avisar)
        esperar_a(sesion, 1, aviso)
        tras_el_aviso = grupo.submit(puja, feria.beto, id_, "56000.00")
        esperar_a(sesion, 2, aviso)
        reloj.situar(termina + segundo)
        propia.rollback()
        aviso.result(timeout=30)
        assert tras_el_aviso.result(timeout=30).numero == 1
    assert (fin(id_), fin(id_, 2)) == (nuevo, nuevo)
    assert totales(id_) == ["56000.00", "59000.00"]


def test_un_aviso_que_no_mueve_nada_no_detiene_a_nadie(feria: Feria, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    with nueva_sesion() as propia, nueva_sesion() as otra:
        lenta(propia, feria.ana, id_, "57000.00")  # it would wait for this one
        with pytest.raises(DatosInvalidos, match="posterior al final"):
            avisar_interrupcion(otra, feria.entidad.actor, id_, fin(id_), "Se cortó la red de la entidad.")
        propia.commit()


def test_un_identificador_para_dos_cosas_a_la_vez(feria: Feria, sesion: Session, reloj: Any) -> None:
    """Neither sees the other's: the second waits for the first, and is told; nothing of it is kept."""
    id_, clave = en_subasta(feria, reloj), nuevo_id()
    with nueva_sesion() as propia, ThreadPoolExecutor(1) as grupo:
        pujar(propia, feria.ana.actor, id_, feria.ana.id, 1, bs("57000.00"), clave)
        otra = grupo.submit(puja, feria.ana, id_, "18000.00", 2, clave)
        with pytest.raises(DatosInvalidos, match="identificador"):
            mientras_espera(sesion, otra, propia.commit)
    assert (totales(id_), totales(id_, 2)) == (["57000.00", "58000.00"], ["19000.00", "19500.00"])


@dataclass(frozen=True)
class Intento:
    """What became of a bid as the function judged it, and by which instant."""

    resultado: str
    hecha: datetime


@pytest.mark.parametrize("extension_min", [0, 1])
def test_alrededor_del_final_ninguna_mal_archivada(
    feria: Feria, sesion: Session, reloj: Any, extension_min: int
) -> None:
    """Sixteen bidders without rest from before the end until after it, while the sweep tries to end it: a bid
    was taken when, by their instants, it was in time; and the act has those and no others.
    """
    partes = [feria.crear_parte(f"Taller {n:02d}") for n in range(16)]
    sillas = [item("Silla", "100000", "9.00")]
    id_ = en_subasta(feria, reloj, [(p, ["8.0000"]) for p in partes], sillas)
    suyos = sesion.exec(select(Participante.id).where(Participante.convocatoria_id == id_)).all()
    sesion.rollback()
    termina = ahora() + timedelta(milliseconds=1500)
    poner_fin(feria, id_, termina, extension_min)
    hasta = termina + timedelta(milliseconds=300)

    def pujar_sin_descanso(participante: UUID) -> list[Intento]:
        azar, intentos, precio = random.Random(participante.int), [], Decimal("8.0000")
        while ahora() < hasta and precio > 1:
            precio -= Decimal("0.0900")
            with transaccion() as propia:
                fila = propia.connection().execute(
                    text(
                        "SELECT resultado, hecha FROM"
                        " feria_pujar(:p, :c, CAST(:precios AS numeric[]), 'prueba')"
                    ),
                    {"p": participante, "c": nuevo_id(), "precios": [precio]},
                )
                resultado, hecha = fila.one()
            if resultado == "otra_vez":
                precio += Decimal("0.0900")
                continue
            intentos.append(Intento(resultado, hecha))
            if ahora() < termina - timedelta(milliseconds=50):
                time.sleep(azar.uniform(0.05, 0.2))  # most of them meet at the end
        return intentos

    parar = threading.Event()

    def terminar() -> int:
        cuantas = 0
        while not parar.is_set():
            cuantas += terminar_subastas()
        return cuantas

    with ThreadPoolExecutor(len(suyos) + 1) as grupo:
        final = grupo.submit(terminar)
        hechos = [i for intentos in grupo.map(pujar_sin_descanso, suyos) for i in intentos]
        parar.set()
        terminadas = final.result(timeout=60)

    ventana, cierre = timedelta(minutes=extension_min), termina
    for intento in sorted(hechos, key=lambda i: i.hecha):
        a_tiempo = intento.hecha < cierre
        assert intento.resultado == ("hecha" if a_tiempo else "tarde"), (intento, cierre)
        if a_tiempo and ventana and intento.hecha >= cierre - ventana:
            cierre += ventana
    assert fin(id_) == cierre
    guardadas = sesion.exec(select(Puja.hecha_en).where(Puja.numero > 0)).all()
    assert sorted(guardadas) == sorted(i.hecha for i in hechos if i.resultado == "hecha")
    sesion.rollback()
    assert guardadas
    if not extension_min:
        assert {i.resultado for i in hechos} == {"hecha", "tarde"}
    reloj.situar(cierre + timedelta(seconds=1))
    assert terminadas + terminar_subastas() == 1
    assert sesion.get_one(Convocatoria, id_).estado == "evaluacion"
    assert verificar_subastas(sesion) == []


DICE = (
    "INSERT INTO feria_puja (participante_id, cliente_id, precios, hecha_en, hecha_por, numero,"
    " numero_anterior, anterior, monto, paso)"
    " SELECT participante_id, gen_random_uuid(), precios, hecha_en, 'x', "
)
ACTA = (
    "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en, hecha_por)"
    " SELECT gen_random_uuid(), convocatoria_id, {numero}, '{clase}', t,"
    " encode(sha256(convert_to(t, 'UTF8')), 'hex'), nucleo_ahora(), 'x'"
    " FROM feria_subasta, (SELECT '{contenido}'::text AS t) d"
)
FALSAS = [
    DICE + "1, 0, monto, 1, 1 FROM feria_puja",
    "UPDATE feria_puja SET monto = 1",
    "DELETE FROM feria_puja",
    "ALTER TABLE feria_puja DROP CONSTRAINT ck_feria_puja_baja",
    "ALTER TABLE feria_puja DISABLE TRIGGER ALL",
    "UPDATE feria_subasta_grupo SET termina_en = termina_en + interval '1 day'",
    "UPDATE feria_subasta_grupo SET paso = 1",
    "UPDATE feria_subasta SET terminada_en = now()",
    "UPDATE feria_subasta_participante SET proponente = proponente + 10",
    "UPDATE feria_oferta_linea SET total = 1",
    "UPDATE feria_convocatoria SET estado = 'evaluacion', sigue_en = now()",
    "UPDATE feria_convocatoria SET subasta = false",
    "INSERT INTO feria_subasta_participante SELECT gen_random_uuid(), convocatoria_id, grupo, 9, oferta_id"
    " FROM feria_subasta_participante",
    ACTA.format(clase="subasta", numero=2, contenido="{}"),
    ACTA.format(clase="interrupcion", numero=2, contenido="{}"),
    ACTA.format(clase="interrupcion", numero=3, contenido='{"motivo": "Se cortó la red"}'),
]


@pytest.mark.parametrize("acto", FALSAS)
def test_el_papel_de_la_aplicacion_no_falsea_una_subasta(
    feria: Feria, sesion: Session, reloj: Any, acto: str
) -> None:
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    antes = (totales(id_), fin(id_))
    with pytest.raises((ProgrammingError, DBAPIError)):
        sesion.connection().execute(text(acto))
    sesion.rollback()
    assert (totales(id_), fin(id_)) == antes


def test_por_sql_tampoco_se_puja_con_mas_de_cuatro_decimales(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    en_subasta(feria, reloj)
    juicio = text(
        "SELECT DISTINCT (feria_pujar(id, gen_random_uuid(), ARRAY[569.99995], 'x')).resultado"
        " FROM feria_subasta_participante WHERE grupo = 1"
    )
    assert sesion.connection().execute(juicio).scalars().all() == ["precios"]


def test_por_sql_un_aviso_no_la_alarga_sin_medida(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    for cuando, hecha in (
        (ahora() + timedelta(days=10, minutes=1), "0 s"),
        (ahora() + timedelta(days=15), "7 days"),  # nor by the date that it gives itself
    ):
        dicho = json.dumps({"motivo": "Se cortó la red", "termina": cuando.isoformat()})
        acto = ACTA.format(clase="interrupcion", numero=2, contenido=dicho)
        acto = acto.replace("nucleo_ahora()", f"nucleo_ahora() + interval '{hecha}'")
        movidas = sesion.connection().execute(
            text(f"WITH a AS ({acto} RETURNING id) SELECT id FROM a".replace(":", r"\:"))
        )
        prorrogar = text("SELECT feria_subasta_prorrogar(:acta)")
        assert sesion.connection().execute(prorrogar, {"acta": movidas.scalar_one()}).scalar_one() == 0
        sesion.rollback()
    assert fin(id_) == termina


def test_el_acta_de_una_subasta_dice_sus_pujas_o_no_se_escribe(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    """Whoever writes it: before the end none, then only what was bid; and the sweep ends it all the same."""
    id_ = en_subasta(feria, reloj)
    puja(feria.ana, id_, "57000.00")
    fiel = lo_subastado(sesion, sesion.get_one(Convocatoria, id_))
    falso = json.loads(a_json(fiel).replace("57000.00", "50000.00"), parse_float=Decimal)
    for dicho, antes in ((fiel, True), (falso, False)):
        reloj.situar(fin(id_) - MINUTO if antes else fin(id_) + timedelta(seconds=1))
        with pytest.raises(DBAPIError), transaccion() as otra:
            levantar(otra, id_, SUBASTA, dicho, "x", ahora_bd(otra))
    with transaccion() as otra:
        levantar(otra, id_, SUBASTA, fiel, "x", ahora_bd(otra))
    sesion.rollback()
    assert terminar_subastas() == 1
    assert sesion.get_one(Convocatoria, id_).estado == "evaluacion"
    assert verificar_subastas(sesion) == []


CADENA = DICE + "{numero}, {numero} - 1, {anterior}, {monto}, 60000 FROM feria_puja WHERE monto = 5800000"


@pytest.mark.parametrize(
    ("numero", "monto", "anterior"),
    [(1, 5740001, 5800000), (1, 5740000, 5900000), (2, 5000000, 5800000), (1, 0, 5800000)],
)
def test_ni_el_duenio_escribe_una_puja_que_no_baja(
    feria: Feria, reloj: Any, numero: int, monto: int, anterior: int
) -> None:
    en_subasta(feria, reloj)
    with pytest.raises(DBAPIError), feria.duenio.begin() as conexion:
        conexion.execute(text(CADENA.format(numero=numero, monto=monto, anterior=anterior)))
