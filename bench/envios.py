"""Parcels: events in bulk, a day of a post office, the tracking page of a full database.

One durable server, one uvicorn process, keep-alive connections; each figure is a ratio to a reference of the
same run: one event at a time, plain COPY plus index of the same rows, the same page on a small database.
`python -m bench envios`; the numbers of statements and the plans are printed.
"""

import http.client
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import psycopg

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import procesador_ms
from bench.http import _uvicorn as uvicorn
from nucleo.actor import Actor, Autorizacion

LOTE = 1_000
PAQUETES = int(os.environ.get("QHATU_BENCH_PAQUETES", "20000"))
CODIGOS = ("EMA", "EMC", "EMD", "EMG", "EDG")  # five events of each parcel: 100.000 a day
SUELTOS = 300
POCOS, MUCHOS, POR_PAQUETE = 10_000, int(os.environ.get("QHATU_BENCH_SUCESOS", "5000000")), 10
PAGINAS, HOJAS = 400, 60
RONDAS = 5
DIAS = 3
PARTES = os.environ.get("QHATU_BENCH_PARTES", "").split()


def medir() -> list[Fila]:
    """In a process of its own, that reads settings afresh."""
    with banco() as b:
        orden = [sys.executable, "-m", "bench.envios", "--dentro", b.url_admin, str(b.postgres.proceso.pid)]
        fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
        *dicho, filas = fin.stdout.splitlines()
        print("\n".join(dicho))
        return [Fila(**fila) for fila in json.loads(filas)]


@dataclass(frozen=True, slots=True)
class Mesa:
    """The operator, the token of who writes for it, the item that others are copied from; an agency and who
    works in it; the owner."""

    operador: str
    token: str
    plantilla: str
    agencia: UUID
    cartero: Actor
    duenio: psycopg.Connection[Any]
    base: int

    def procesador(self) -> float:
        """Seconds of processor that PostgreSQL and the server of ours that runs have taken so far."""
        return (procesador_ms(self.base) + procesador_ms(os.getpid())) / 1000


# --- One by one, and in bulk ---------------------------------------------------------------------------


def por_lotes(mesa: Mesa) -> Fila:
    """Events a second over HTTP, one connection: a thousand in a request against one in each."""
    numeros = clonar(mesa, 1, 4_000)
    with uvicorn() as puerto:
        api = Api(puerto, mesa.token)
        api.uno_a_uno(numeros[:50])
        api.lote(mesa, sucesos(numeros[50:250]))
        sueltos, lotes, razones = [], [], []
        for ronda in range(RONDAS):
            desde = 300 + ronda * 700
            uno = SUELTOS / api.uno_a_uno(numeros[desde : desde + SUELTOS])
            cuantos = sucesos(numeros[desde + SUELTOS : desde + SUELTOS + LOTE // len(CODIGOS)])
            lote = len(cuantos) / api.lote(mesa, cuantos)
            sueltos.append(uno)
            lotes.append(lote)
            razones.append(lote / uno)
    nota = f"{min(razones):.0f} a {max(razones):.0f} veces; uno a uno {mediana(sueltos):.0f} por segundo"
    return Fila("sucesos en lotes de 1.000 contra uno a uno", mediana(lotes), mediana(razones), 20, nota)


class Api:
    """One keep-alive connection of who writes for the operator."""

    def __init__(self, puerto: int, token: str) -> None:
        self.conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=120)
        self.cabeceras = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def pedir(self, ruta: str, cuerpo: str) -> tuple[int, bytes]:
        self.conexion.request("POST", ruta, cuerpo, self.cabeceras)
        respuesta = self.conexion.getresponse()
        return respuesta.status, respuesta.read()

    def uno_a_uno(self, numeros: Sequence[tuple[str, str]]) -> float:
        """Seconds that one event of each item takes."""
        inicio = time.perf_counter()
        for _numero, envio_id in numeros:
            estado, cuerpo = self.pedir(f"/api/v1/envios/{envio_id}/eventos", '{"codigo":"EMA"}')
            assert estado == 201, cuerpo
        return time.perf_counter() - inicio

    def lote(self, mesa: Mesa, eventos: Sequence[dict[str, str]]) -> float:
        """Seconds that one request with all these events takes; all must be recorded."""
        datos = json.dumps({"operador_unidad_id": mesa.operador, "eventos": eventos})
        inicio = time.perf_counter()
        estado, cuerpo = self.pedir("/api/v1/eventos-de-envio", datos)
        duracion = time.perf_counter() - inicio
        assert estado == 200, cuerpo
        assert json.loads(cuerpo)["registrados"] == len(eventos), cuerpo[:2000]
        return duracion


def sucesos(numeros: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The events of these parcels as an operator sends them: the codes of the day, each at its hour."""
    ahora = datetime.now().astimezone()
    return [
        {
            "numero": numero,
            "codigo": codigo,
            "ocurrido_en": (ahora - timedelta(hours=10 - hora)).isoformat(timespec="seconds"),
            "evento_cliente_id": f"{numero}-{codigo}",
            "lugar": "Oficina de medición",
        }
        for hora, codigo in enumerate(CODIGOS)
        for numero, _id in numeros
    ]


# --- A day -----------------------------------------------------------------------------------------------


def un_dia(mesa: Mesa, procesos: int) -> Fila:
    """The day of a post office as it comes, hour by hour, against COPY and index of the rows it left: the
    median of some days, each compared with its own rows.

    With several processes the operator sends by as many connections, each the parcels of its own.
    """
    desde = 100_001 + procesos * 200_000
    dias = sorted(
        (_dia(mesa, procesos, desde + n * PAQUETES) for n in range(DIAS)), key=lambda dia: dia.razon
    )
    razones = ", ".join(f"{dia.razon:.3f}" for dia in dias)
    return replace(dias[DIAS // 2], nota=f"{razones}; {dias[DIAS // 2].nota}")


def _dia(mesa: Mesa, procesos: int, desde: int) -> Fila:
    numeros = clonar(mesa, desde, PAQUETES)
    marcas = [marca(mesa, tabla) for tabla in TABLAS]
    cuerpos = [_cuerpos(mesa, numeros[parte::procesos]) for parte in range(procesos)]
    with ExitStack() as pila:
        puertos = [pila.enter_context(uvicorn()) for _ in range(procesos)]
        antes, inicio = mesa.procesador(), time.perf_counter()
        with ThreadPoolExecutor(procesos) as hilos:
            list(hilos.map(partial(_subir, mesa.token), puertos, cuerpos))
        segundos, nuestro = time.perf_counter() - inicio, mesa.procesador() - antes
    copias = [copiar(mesa, marcas) for _ in range(RONDAS)]
    entera = mediana([copiar(mesa, marcas, con_restricciones=True)[0] for _ in range(RONDAS)])
    copia, de_procesador = (mediana([c[parte] for c in copias]) for parte in (0, 1))
    filas = copias[0][2]
    assert filas["envios_evento"] == len(numeros) * len(CODIGOS)
    nota = (
        f"{segundos:.1f} s contra {copia:.2f} s; con las restricciones de las tablas, {entera:.2f} s: "
        f"{entera / segundos:.3f}; de procesador, {de_procesador / nuestro:.3f}; "
        f"carga {os.getloadavg()[0]:.1f}; {', '.join(f'{n:,} de {tabla}' for tabla, n in filas.items())}"
    )
    nombre = f"un día de {filas['envios_evento']:,} sucesos contra COPY, {procesos} conexiones"
    return Fila(nombre, filas["envios_evento"] / segundos, copia / segundos, 0.1, nota)


def _cuerpos(mesa: Mesa, numeros: Sequence[tuple[str, str]]) -> list[str]:
    todos = sucesos(numeros)
    return [
        json.dumps({"operador_unidad_id": mesa.operador, "eventos": todos[desde : desde + LOTE]})
        for desde in range(0, len(todos), LOTE)
    ]


def _subir(token: str, puerto: int, cuerpos: Sequence[str]) -> None:
    """Each request waits for the answer to the one before; all must be recorded."""
    api = Api(puerto, token)
    for cuerpo in cuerpos:
        estado, respuesta = api.pedir("/api/v1/eventos-de-envio", cuerpo)
        assert (estado, respuesta.count(b'"resultado":"registrado"')) == (200, cuerpo.count('"numero"')), (
            respuesta[:2000]
        )


# What the day wrote: its rows are those with more than the mark in this column.
TABLAS = {
    "envios_evento": "recibido_en",
    "nucleo_evento": "numero",
    "nucleo_auditoria": "numero",
    "envios_envio": "noticias_en",
}


def marca(mesa: Mesa, tabla: str) -> str:
    """What its rows from now on have more than."""
    columna = TABLAS[tabla]
    valor = mesa.duenio.execute(f"SELECT coalesce(max({columna})::text, '') FROM {tabla}").fetchone()
    assert valor is not None
    return f"{columna} > '{valor[0]}'" if valor[0] else "true"


def copiar(
    mesa: Mesa, marcas: Sequence[str], *, con_restricciones: bool = False
) -> tuple[float, float, dict[str, int]]:
    """Seconds, and of processor, that the rows take by COPY into tables of their own, then indexed, each in a
    transaction; with their checks and foreign keys too, as a dump is restored.
    """
    segundos, de_procesador, filas = 0.0, 0.0, {}
    for tabla, desde in zip(TABLAS, marcas, strict=True):
        with (
            mesa.duenio.cursor() as cursor,
            cursor.copy(f"COPY (SELECT * FROM {tabla} WHERE {desde}) TO STDOUT") as c,
        ):
            datos = b"".join(bytes(parte) for parte in c)
        como = " INCLUDING CONSTRAINTS" if con_restricciones else ""
        mesa.duenio.execute(f"CREATE TABLE medida_{tabla} (LIKE {tabla}{como})")
        despues = _indices(mesa, tabla) + (_llaves(mesa, tabla) if con_restricciones else [])
        inicio, antes = time.perf_counter(), mesa.procesador()
        with mesa.duenio.transaction(), mesa.duenio.cursor() as cursor:
            with cursor.copy(f"COPY medida_{tabla} FROM STDIN") as c:
                c.write(datos)
            filas[tabla] = cursor.rowcount
            for orden in despues:
                cursor.execute(orden)
        segundos += time.perf_counter() - inicio
        de_procesador += mesa.procesador() - antes
        mesa.duenio.execute(f"DROP TABLE medida_{tabla}")
    return segundos, de_procesador, filas


def _indices(mesa: Mesa, tabla: str) -> list[str]:
    return [
        re.sub(r"INDEX (\S+) ON public\.\S+ ", rf"INDEX medida_\1 ON medida_{tabla} ", definicion)
        for (definicion,) in mesa.duenio.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [tabla]
        )
    ]


def _llaves(mesa: Mesa, tabla: str) -> list[str]:
    return [
        f"ALTER TABLE medida_{tabla} ADD {definicion}"
        for (definicion,) in mesa.duenio.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = CAST(%s AS regclass) AND contype = 'f'",
            [tabla],
        )
    ]


# --- Data --------------------------------------------------------------------------------------------------


def poblar(url_duenio: str, base: int) -> Mesa:
    """A shop, a postal operator with its clerk, and an announced parcel to copy."""
    import plataforma.web  # noqa: F401 - the whole application, as it runs
    from ciudadania import registrar_persona
    from ciudadania.tokens import emitir_token
    from empresa_digital.registro import (
        Facultad,
        Habilitacion,
        NuevoMandato,
        inscribir_de_oficio,
        parte_de_persona,
        parte_de_unidad,
    )
    from envios import crear_envio
    from envios.operadores import ClaseAgencia, DatosDeAgencia, abrir_agencia, asignar
    from nucleo.bd import transaccion

    sistema = Autorizacion.propia(Actor.sistema("medición"))
    comunes = {
        "municipio_ine": "020101",
        "actividad_ciiu": "1313",
        "direccion": "Medición",
        "telefono": "70000000",
    }
    with transaccion() as sesion:
        ana, carlos = (
            registrar_persona(sesion, nombres=nombre, primer_apellido="Medida", ci=ci)
            for nombre, ci in (("Ana", "3000001"), ("Carlos", "3000002"))
        )
        tienda = inscribir_de_oficio(
            sesion,
            sistema,
            comunes | {"tipo": "COOPERATIVA", "denominacion": "Tienda de medición", "forma_legal": "BO-COOP"},
            mandatos=[NuevoMandato((Facultad.ADMINISTRAR,), persona_id=ana.id)],
            habilitaciones={Habilitacion.VENDEDOR: "medición"},
        )
        correos = inscribir_de_oficio(
            sesion,
            sistema,
            comunes
            | {"tipo": "OPERADOR_POSTAL", "denominacion": "Correos de medición", "forma_legal": "BO-DESC"},
            mandatos=[NuevoMandato((Facultad.ADMINISTRAR, Facultad.DESPACHAR), persona_id=carlos.id)],
            habilitaciones={Habilitacion.OPERADOR_POSTAL: "medición"},
        )
        envio = crear_envio(
            sesion,
            Autorizacion(actor=Actor.sistema("medición"), unidad_id=tienda.id),
            remitente_parte_id=parte_de_unidad(sesion, tienda.id).id,
            destinatario_parte_id=parte_de_persona(sesion, ana.id).id,
            destinatario_nombre="Ana Medida",
            destinatario_telefono="70000001",
            destino_municipio_ine="070101",
            destino_referencia="Casa de medición",
            operador_unidad_id=correos.id,
            peso_g=450,
            contenido="Una chompa",
        )
        token = emitir_token(sesion, persona_id=carlos.id).token
        cartero = Actor("persona", "Carlos", persona_id=carlos.id, autenticado_en=datetime.now().astimezone())
        lugar = DatosDeAgencia("LP-01", "Agencia", ClaseAgencia.AGENCIA, "020101", "Calle de medición")
        agencia = abrir_agencia(sesion, cartero, correos.id, lugar).id
        asignar(sesion, cartero, agencia, carlos.id)
        operador, plantilla = str(correos.id), str(envio.id)
    return Mesa(
        operador, token, plantilla, agencia, cartero, psycopg.connect(url_duenio, autocommit=True), base
    )


def copiar_filas(mesa: Mesa, tabla: str, origen: str, cambios: dict[str, str]) -> int:
    """How many rows were made from those of `origen` (its alias is `t`), with some columns from elsewhere."""
    columnas = [
        nombre
        for (nombre,) in mesa.duenio.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND is_generated = 'NEVER' AND identity_generation IS DISTINCT FROM 'ALWAYS' "
            "ORDER BY ordinal_position",
            [tabla],
        )
    ]
    valores = ", ".join(cambios.get(columna, f"t.{columna}") for columna in columnas)
    orden = f"INSERT INTO {tabla} ({', '.join(columnas)}) SELECT {valores} FROM {origen}"
    return mesa.duenio.execute(orden).rowcount


def _numerar(mesa: Mesa, desde: int, cuantos: int) -> None:
    """House numbers, each with its check digit, and the ids that go with them."""
    from envios.s10 import generar_de_casa

    mesa.duenio.execute("CREATE TABLE medida_numero (n bigint, numero text, id uuid DEFAULT uuidv7())")
    with mesa.duenio.cursor() as cursor, cursor.copy("COPY medida_numero (n, numero) FROM STDIN") as c:
        for n in range(desde, desde + cuantos):
            c.write_row((n, generar_de_casa(n)))


def clonar(mesa: Mesa, desde: int, cuantos: int, eventos: int = 0) -> list[tuple[str, str]]:
    """So many parcels announced two days ago, with number and id; with `eventos`, as many on each of them.

    Triggers and foreign keys are not asked: these are the rows that a year of work would have left.
    """
    mesa.duenio.execute("SET session_replication_role = replica")
    _numerar(mesa, 50_000_000 + desde, cuantos)
    antes = "t.{} - interval '2 days'"
    cambios = {"id": "m.id", "referencia_id": "m.id", "numero": "m.numero"}
    cambios |= {c: antes.format(c) for c in ("creado_en", "estado_en", "noticias_en")}
    de_aqui = f"medida_numero m, envios_envio t WHERE t.id = '{mesa.plantilla}'"
    copiar_filas(mesa, "envios_envio", de_aqui, cambios)
    cambios = {"id": "gen_random_uuid()", "envio_id": "m.id", "texto": "m.numero", "normalizado": "m.numero"}
    de_aqui = f"medida_numero m, envios_identificador t WHERE t.envio_id = '{mesa.plantilla}' AND t.principal"
    copiar_filas(mesa, "envios_identificador", de_aqui, cambios)
    if eventos:
        cambios = {"id": "gen_random_uuid()", "envio_id": "m.id", "evento_cliente_id": "''"}
        cambios |= {
            c: f"t.{c} + k * interval '1 minute'" for c in ("ocurrido_en", "recibido_en", "cuenta_desde")
        }
        de_aqui = (
            f"medida_numero m, generate_series(0, {eventos - 1}) k, (SELECT * FROM envios_evento LIMIT 1) t"
        )
        assert copiar_filas(mesa, "envios_evento", de_aqui, cambios) == cuantos * eventos
    mesa.duenio.execute("SET session_replication_role = origin")
    filas = mesa.duenio.execute("SELECT numero, id::text FROM medida_numero ORDER BY n").fetchall()
    mesa.duenio.execute("DROP TABLE medida_numero")
    for tabla in ("envios_envio", "envios_identificador", "envios_evento"):
        mesa.duenio.execute(f"VACUUM ANALYZE {tabla}")
    return [(numero, id_) for numero, id_ in filas]


# --- The route sheet ------------------------------------------------------------------------------------


def hoja_de_ruta(mesa: Mesa) -> Fila:
    """p95 of the sheet of a round of 300 parcels, over the API, against one of 30, and its statements."""
    chica, grande = (_hoja(mesa, cuantos, desde) for cuantos, desde in ((30, 700_000), (300, 710_000)))
    nota = (
        f"p95 {grande.p95_ms:.1f} ms contra {chica.p95_ms:.1f}; {grande.sentencias} sentencias con la sesión "
        f"y el permiso ({chica.sentencias} con 30 envíos; a lo más 10 la hoja)"
    )
    nombre = "hoja de ruta de 300 envíos contra una de 30"
    return Fila(nombre, grande.por_segundo, grande.p95_ms / chica.p95_ms, None, nota)


def _hoja(mesa: Mesa, cuantos: int, desde: int) -> "Paginas":
    from envios.despachos.hojas import preparar_hoja, salir
    from envios.despachos.modelos import Parada
    from nucleo.bd import transaccion

    numeros = clonar(mesa, desde, cuantos)
    with transaccion() as sesion:
        hoja = preparar_hoja(sesion, mesa.cartero, mesa.agencia, mesa.cartero.persona_id)
        sesion.add_all(Parada(hoja_id=hoja.id, envio_id=UUID(id_)) for _numero, id_ in numeros)
        sesion.flush()
        salir(sesion, mesa.cartero, hoja.id)
        ruta = f"/api/v1/hojas-de-ruta/{hoja.id}"
    return _pedir(mesa, [ruta] * HOJAS)


# --- The tracking page --------------------------------------------------------------------------------------


def seguimiento(mesa: Mesa) -> Fila:
    """p95 of the public page with the full database against the same with few events, and its statements."""
    _anotar_uno(mesa)
    pocos = _paginas(mesa, clonar(mesa, 1_000_000, POCOS // POR_PAQUETE, POR_PAQUETE))
    inicio = time.perf_counter()
    numeros = clonar(mesa, 2_000_000, MUCHOS // POR_PAQUETE, POR_PAQUETE)
    print(f"  {MUCHOS:,} sucesos en {time.perf_counter() - inicio:.0f} s", flush=True)
    muchos = _paginas(mesa, numeros)
    nota = (
        f"p95 {muchos.p95_ms:.1f} ms contra {pocos.p95_ms:.1f}; {muchos.sentencias} sentencias (a lo más 4)"
    )
    nombre = f"seguimiento con {MUCHOS:,} sucesos contra {POCOS:,} (a lo más 1,5)"
    return Fila(nombre, muchos.por_segundo, muchos.p95_ms / pocos.p95_ms, None, nota)


def _anotar_uno(mesa: Mesa) -> None:
    """The event that others are copied from."""
    from envios.eventos import EventoNuevo, Fuente, exigir_registrado, registrar_evento
    from nucleo.bd import transaccion

    [(_numero, envio_id)] = clonar(mesa, 990_000, 1)
    with transaccion() as sesion:
        nuevo = EventoNuevo("EMA", envio_id=UUID(envio_id), lugar="Oficina de medición")
        exigir_registrado(registrar_evento(sesion, mesa.cartero, UUID(envio_id), nuevo, Fuente.API))


@dataclass(frozen=True, slots=True)
class Paginas:
    por_segundo: float
    p95_ms: float
    sentencias: int


def _paginas(mesa: Mesa, numeros: Sequence[tuple[str, str]]) -> Paginas:
    """The page of parcels all over the table."""
    salto = max(1, len(numeros) // PAGINAS)
    return _pedir(mesa, [f"/seguimiento/{numero}" for numero, _id in numeros[::salto]])


def _pedir(mesa: Mesa, rutas: Sequence[str]) -> Paginas:
    """In this process, each from another address (there is a limit for each); the plans of its statements."""
    from sqlalchemy import event
    from starlette.testclient import TestClient

    from nucleo.bd import motor
    from plataforma.web import app

    dichas: list[tuple[str, Any]] = []

    def anotar(_conexion: Any, _cursor: Any, sql: str, parametros: Any, *_: Any) -> None:
        dichas.append((sql, parametros))

    tiempos = []
    cabeceras = {"Authorization": f"Bearer {mesa.token}"} if rutas[0].startswith("/api/") else {}
    event.listen(motor(), "before_cursor_execute", anotar)
    for n, ruta in enumerate(rutas):
        cliente = TestClient(app, base_url="http://127.0.0.1", client=(f"10.0.{n // 250}.{n % 250}", 1))
        dichas.clear()
        inicio = time.perf_counter()
        respuesta = cliente.get(ruta, headers=cabeceras, follow_redirects=False)
        tiempos.append(time.perf_counter() - inicio)
        assert respuesta.status_code == 200, (ruta, respuesta.text)
    event.remove(motor(), "before_cursor_execute", anotar)
    _decir_planes(dichas)
    tiempos = sorted(tiempos[len(tiempos) // 10 :])  # the first ones warm plans and templates
    return Paginas(len(tiempos) / sum(tiempos), tiempos[int(len(tiempos) * 0.95)] * 1000, len(dichas))


def _decir_planes(dichas: Sequence[tuple[str, Any]]) -> None:
    from nucleo.bd import motor

    with motor().connect() as conexion:
        for sql, parametros in dichas:
            plan = [fila[0] for fila in conexion.exec_driver_sql(f"EXPLAIN {sql}", parametros)]
            print(f"    {' '.join(sql.split())[:90]}\n      {plan[0].strip()}", flush=True)


def _dentro(url_duenio: str, base: int) -> Iterator[Fila]:
    logging.disable(logging.CRITICAL)  # a line of each request
    mesa = poblar(url_duenio, base)
    medidas = {
        "lotes": por_lotes,
        "dia": partial(un_dia, procesos=1),
        "dia2": partial(un_dia, procesos=2),
        "hoja": hoja_de_ruta,
        "seguimiento": seguimiento,
    }
    for nombre in PARTES or medidas:
        fila = medidas[nombre](mesa)
        print(f"  {fila.nombre}: {fila.razon:.2f} ({fila.nota})", flush=True)
        yield fila


if __name__ == "__main__":
    if sys.argv[1:2] == ["--dentro"]:
        hechas = [asdict(fila) for fila in _dentro(sys.argv[2], int(sys.argv[3]))]
        print(json.dumps(hechas))
    else:
        from bench.__main__ import imprimir

        imprimir([("envios", f) for f in medir()])
