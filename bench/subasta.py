"""An auction under load: bids with 500 who watch and with nobody, 2.000 watchers, 10.000 bids at the end.

Bids come over HTTP to one web process, so many a second, by turns with and without watchers, whose own
program shares the machine; their latency is the database's clock of the bid against that of who hears of it.
At the end, which comes again and again, connections bid without rest by the database's function: what counts
is within 50 ms of it by the database's clock. `QHATU_BENCH_FINAL` bids in all.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import psycopg

from bench.apoyo import RAIZ, SEGUNDOS, Banco, Fila, banco, mediana
from bench.comercio_datos import procesador_ms
from bench.http import _uvicorn

POSTORES = 8
PUJAS_POR_SEGUNDO = 20
PARTES = os.environ.get("QHATU_BENCH_PARTES", "web final").split()
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "3"))
DURANTE_S = max(10.0, SEGUNDOS)
MIRAN, MUCHOS = 500, 2_000
FINALES = int(os.environ.get("QHATU_BENCH_FINAL", "10000"))
CERCA = timedelta(milliseconds=50)
PRIMERA = 80_000_000
"""What each bids first, in centavos; from then on a centavo less each time."""


def medir() -> list[Fila]:
    with banco() as b:
        sala = _poblar(b)
        sala["desde"] = PRIMERA
        filas: list[Fila] = []
        if "web" in PARTES:
            with _uvicorn() as puerto:
                sala["puerto"] = puerto
                _pujar(sala, 3.0)
                filas += [*_con_quien_mira(sala), _muchos(sala)]
        if "final" in PARTES:
            filas += [_al_final(b, sala), _contra_minimo(b, sala)]
        return filas


# --- The auction -------------------------------------------------------------------------------------------


def _poblar(b: Banco) -> dict[str, Any]:
    orden = [sys.executable, "-c", _PROGRAMA, b.url_dueno, str(POSTORES)]
    fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(fin.stdout.splitlines()[-1]))


_PROGRAMA = """
import json, sys
from datetime import timedelta
from decimal import Decimal
import psycopg
from ciudadania import registrar_persona
from ciudadania.tokens import emitir_token
from empresa_digital.registro import (Facultad, Habilitacion, NuevoMandato, TipoUnidad, formas_legales,
    inscribir_de_oficio)
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.ofertas import presentar_oferta
from feria_inversa.procesos.consultas import items_de
from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora
import plataforma.web
duenio = psycopg.connect(sys.argv[1], autocommit=True)
duenio.execute("UPDATE feria_regla SET vigente_hasta = vigente_desde WHERE clave = 'actos_habiles'")

def parte(sesion, n, nombre, tipo, facultades, cualidad, identificadores):
    persona = registrar_persona(sesion, nombres=nombre, primer_apellido="Prueba", ci=str(4000000 + n))
    datos = {"tipo": tipo.value, "denominacion": nombre, "municipio_ine": "010101",
        "actividad_ciiu": "1392", "direccion": "Frente a la plaza",
        "telefono": "70000000", "identificadores": identificadores,
        "forma_legal": formas_legales(sesion, tipo)[0].codigo}
    mandato = NuevoMandato(facultades=facultades, persona_id=persona.id, monto_limite=None)
    unidad = inscribir_de_oficio(sesion, Autorizacion.propia(Actor.sistema("medicion")), datos,
        mandatos=[mandato], habilitaciones={cualidad: "RM 1/2026"})
    actor = Actor("persona", persona.nombres, persona_id=persona.id, autenticado_en=ahora(), nivel=3)
    return unidad.id, actor, emitir_token(sesion, persona_id=persona.id).token

with transaccion() as sesion:
    entidad, comprador, _token = parte(sesion, 0, "Gobierno Municipal", TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR, Facultad.EVALUAR), Habilitacion.ENTIDAD_CONTRATANTE,
        {"BO-CINS": "1101", "BO-NIT": "1000001"})
    postores = [parte(sesion, n, f"Cooperativa {n}", TipoUnidad.COOPERATIVA, (Facultad.OFERTAR,),
        Habilitacion.PROVEEDOR_DEL_ESTADO, {}) for n in range(1, int(sys.argv[2]) + 1)]
with transaccion() as sesion:
    id_ = crear_borrador(sesion, comprador, entidad, ConvocatoriaEntrada.model_validate({
        "titulo": "Mobiliario", "descripcion": "Para dos unidades.", "municipio_ine": "010101",
        "plazo_entrega_dias": 30, "subasta": True}), [ItemEntrada(descripcion="Mobiliario completo",
        cantidad=Decimal(1), unidad_medida="pieza", precio_referencial=bs("900000"))]).id
with transaccion() as sesion:
    publicar_convocatoria(sesion, comprador, id_, ahora() + timedelta(days=15))
with transaccion() as sesion:
    (item,) = items_de(sesion, id_)
for unidad, actor, _token in postores:
    with transaccion() as sesion:
        presentar_oferta(sesion, actor, id_, unidad, [LineaEntrada(item_id=item.id,
            precio_unitario=bs("850000"), marca="Artesanal", plazo_dias=15)])
duenio.execute("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER")
duenio.execute("UPDATE feria_convocatoria SET vence_en = now() WHERE id = %s", [id_])
duenio.execute("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER")
with transaccion() as sesion:
    abrir_convocatoria(sesion, comprador, id_)
duenio.execute("UPDATE feria_subasta SET empieza_en = now(), extension_min = 0")
duenio.execute("UPDATE feria_subasta_grupo SET paso = 1, termina_en = now() + interval '1 day'")
participan = duenio.execute("SELECT o.unidad_id, p.id FROM feria_subasta_participante p "
    "JOIN feria_oferta o ON o.id = p.oferta_id").fetchall()
de = {str(u): str(p) for u, p in participan}
print(json.dumps({"id": str(id_), "postores": [[str(u), t, de[str(u)]] for u, _a, t in postores]}))
"""


# --- Over HTTP, with who watches ---------------------------------------------------------------------------


def _con_quien_mira(sala: dict[str, Any]) -> list[Fila]:
    """By turns: the same bids with nobody and with 500 who watch; the 99th percentile of each."""
    solas, miradas, todas = [], [], []
    for _ in range(RONDAS):
        solas.append(_pujar(sala, DURANTE_S))
        with Publico(sala, MIRAN) as publico:
            miradas.append(_pujar(sala, DURANTE_S))
            todas.append(publico.oyeron(miradas[-1]["hechas"]))
    razones = [con["p99"] / sin["p99"] for con, sin in zip(miradas, solas, strict=True)]
    print(f"  solas {solas}\n  con {MIRAN}: {miradas}\n  {todas}", flush=True)
    sin, con = (mediana([vez["p99"] for vez in veces]) for veces in (solas, miradas))
    nota = f"{min(razones):.2f} a {max(razones):.2f}; p99 {sin:.0f} ms sin nadie y {con:.0f} ms; a lo sumo 2"
    rapidez = mediana([m["por_segundo"] for m in miradas])
    return [Fila(f"pujas con {MIRAN} que miran, p99 contra sin nadie", rapidez, mediana(razones), 2.0, nota)]


def _muchos(sala: dict[str, Any]) -> Fila:
    with Publico(sala, MUCHOS) as publico:
        pujas = _pujar(sala, DURANTE_S)
        oido = publico.oyeron(pujas["hechas"])
    print(f"  con {MUCHOS}: {pujas} {oido}", flush=True)
    nota = (
        f"{oido['kb']:.0f} KB cada uno; oyen p50 {oido['p50']:.0f} ms, p99 {oido['p99']:.0f} ms después; "
        f"de una puja p99 {pujas['p99']:.0f} ms"
    )
    nombre = f"{MUCHOS} que miran un proceso: cuántos oyeron todo"
    return Fila(nombre, pujas["por_segundo"], oido["completos"] / MUCHOS, 1.0, nota)


def _pujar(sala: dict[str, Any], segundos: float) -> dict[str, float]:
    """So many bids a second for a while, each bidder on a connection; all must be taken."""
    dicho = asyncio.run(_pujas(sala, segundos))
    sala["desde"] -= 1_000
    return dicho


async def _pujas(sala: dict[str, Any], segundos: float) -> dict[str, float]:
    tiempos: list[float] = []
    cada = POSTORES / PUJAS_POR_SEGUNDO
    empieza = time.perf_counter()

    async def uno(n: int, unidad: str, token: str) -> None:
        lector, escritor = await asyncio.open_connection("127.0.0.1", sala["puerto"])
        centavos, cuando = sala["desde"], empieza + cada * n / POSTORES
        while (espera := cuando - time.perf_counter()) < segundos and cuando < empieza + segundos:
            await asyncio.sleep(max(0.0, espera))
            centavos -= 1
            monto = f"{centavos // 100}.{centavos % 100:02d}"
            cuerpo = json.dumps({"unidad_id": unidad, "grupo": 1, "total": {"monto": monto, "moneda": "BOB"}})
            inicio = time.perf_counter()
            escritor.write(
                f"POST /api/v1/convocatorias/{sala['id']}/subasta/pujas HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(cuerpo)}\r\n\r\n{cuerpo}".encode()
            )
            cabecera = await lector.readuntil(b"\r\n\r\n")
            largo = re.search(rb"(?i)content-length: (\d+)", cabecera)
            assert largo is not None
            dicho = await lector.readexactly(int(largo[1]))
            if not cabecera.startswith(b"HTTP/1.1 201"):
                raise RuntimeError((cabecera + dicho).decode())
            tiempos.append(time.perf_counter() - inicio)
            cuando += cada
        escritor.close()

    await asyncio.gather(*(uno(n, u, t) for n, (u, t, _p) in enumerate(sala["postores"])))
    duracion = time.perf_counter() - empieza
    tiempos.sort()
    return {
        "hechas": len(tiempos),
        "por_segundo": round(len(tiempos) / duracion, 1),
        "p50": round(tiempos[len(tiempos) // 2] * 1000, 1),
        "p99": round(tiempos[int(len(tiempos) * 0.99)] * 1000, 1),
    }


class Publico:
    """So many watchers, in a program of their own, each from another address."""

    def __init__(self, sala: dict[str, Any], cuantos: int) -> None:
        self.sala, self.cuantos = sala, cuantos
        self.web = _escucha(sala["puerto"])

    def __enter__(self) -> "Publico":
        self.antes = _memoria_kb(self.web)
        self.procesador = procesador_ms(self.web)
        orden = [sys.executable, "-m", "bench.subasta", "--mirar"]
        self.programa = subprocess.Popen(
            orden, cwd=RAIZ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._decir({"puerto": self.sala["puerto"], "id": self.sala["id"], "cuantos": self.cuantos})
        self._leer()
        self.memoria = _memoria_kb(self.web)
        return self

    def oyeron(self, cuantas: float) -> dict[str, float]:
        """How many heard them all, and how long after each was taken."""
        self._decir({"pujas": cuantas})
        return self._leer() | {"kb": (self.memoria - self.antes) / self.cuantos}

    def __exit__(self, *_resto: object) -> None:
        self.programa.kill()
        self.programa.wait()
        time.sleep(2)  # the web process notices that they left

    def _decir(self, que: dict[str, Any]) -> None:
        assert self.programa.stdin is not None
        self.programa.stdin.write(json.dumps(que) + "\n")
        self.programa.stdin.flush()

    def _leer(self) -> dict[str, float]:
        assert self.programa.stdout is not None
        return dict(json.loads(self.programa.stdout.readline()))


def _escucha(puerto: int) -> int:
    """The process that serves a port of this machine."""
    dicho = subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "plataforma.servir"], capture_output=True)
    return int(dicho.stdout.split()[-1])


def _memoria_kb(proceso: int) -> int:
    with open(f"/proc/{proceso}/status") as estado:
        return next(int(linea.split()[1]) for linea in estado if linea.startswith("VmRSS"))


async def _mirar() -> None:
    datos = json.loads(sys.stdin.readline())
    oidas = [0] * datos["cuantos"]
    demoras: list[float] = []
    listos = asyncio.Semaphore(0)
    abriendo = asyncio.Semaphore(20)

    async def uno(n: int) -> None:
        async with abriendo:
            lector, escritor = await asyncio.open_connection("127.0.0.1", datos["puerto"], limit=2**20)
            ruta = f"/api/v1/convocatorias/{datos['id']}/subasta/eventos?grupo=1&desde={datos['marca']}"
            de = f"10.0.{n // 250}.{n % 250 + 1}"
            escritor.write(
                f"GET {ruta} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {de}\r\n\r\n".encode()
            )
            cabecera = await lector.readuntil(b"\r\n\r\n")
            if not cabecera.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(cabecera.decode())
            await lector.readuntil(b"event: horario")
        listos.release()
        resto = b""
        while trozo := await lector.read(2**16):
            junto = resto + trozo
            oidas[n] += junto.count(b"event: puja")
            resto = junto[-10:]
            if n % 10 == 0:
                ahora = time.time()
                for hecha in re.findall(rb'"hecha_en":"([^"]+)"', trozo):
                    demoras.append(ahora - datetime.fromisoformat(hecha.decode()).timestamp())

    datos["marca"] = _marca(datos)
    tareas = [asyncio.create_task(uno(n)) for n in range(datos["cuantos"])]
    for _ in tareas:
        await asyncio.wait([asyncio.ensure_future(listos.acquire()), *tareas], return_when="FIRST_COMPLETED")
        for tarea in tareas:
            if tarea.done():
                tarea.result()
    print(json.dumps({"listos": len(tareas)}), flush=True)
    pedido = await asyncio.to_thread(sys.stdin.readline)
    cuantas = json.loads(pedido)["pujas"]
    for _ in range(100):
        if all(n >= cuantas for n in oidas):
            break
        await asyncio.sleep(0.1)
    demoras.sort()
    dicho = {"completos": sum(n == cuantas for n in oidas)}
    dicho |= {f"p{p}": demoras[int(len(demoras) * p / 100)] * 1000 for p in (50, 99)}
    print(json.dumps(dicho), flush=True)
    await asyncio.to_thread(sys.stdin.readline)


def _marca(datos: dict[str, Any]) -> str:
    """Of who has seen all that was bid so far, as the page has it."""
    import http.client

    conexion = http.client.HTTPConnection("127.0.0.1", datos["puerto"], timeout=60)
    conexion.request("GET", f"/api/v1/convocatorias/{datos['id']}/subasta")
    (grupo,) = json.load(conexion.getresponse())["grupos"]
    posturas = sorted(grupo["posturas"], key=lambda p: p["proponente"])
    return "-".join(str(p["pujas"]) for p in posturas)


# --- At the end, by the database's function ----------------------------------------------------------------

PUJAR = (
    "SELECT resultado, hecha"
    " FROM feria_pujar(%s::uuid, gen_random_uuid(), ARRAY[%s::numeric / 100], 'medicion')"
)


def _al_final(b: Banco, sala: dict[str, Any]) -> Fila:
    """Rounds of an end that comes: connections bid from before it to after it, until enough were near."""
    cerca, mal, aceptadas, rondas = 0, 0, 0, 0
    postores = [Postor(b, p, sala["desde"] - 1_000_000) for _u, _t, p in sala["postores"]]
    with psycopg.connect(b.url_dueno, autocommit=True) as duenio:
        while cerca < FINALES:
            termina = _que_termine(duenio, "0.15")
            hilos = [threading.Thread(target=p.pujar_hasta, args=(termina + CERCA,)) for p in postores]
            for hilo in hilos:
                hilo.start()
            for hilo in hilos:
                hilo.join()
            for postor in postores:
                for resultado, hecha in postor.dichas:
                    cerca += termina - CERCA <= hecha <= termina + CERCA
                    aceptadas += resultado == "hecha"
                    mal += (resultado, hecha < termina) not in {("hecha", True), ("tarde", False)}
                postor.dichas.clear()
            rondas += 1
        guardadas = duenio.execute("SELECT count(*) FROM feria_puja WHERE hecha_por = 'medicion'").fetchone()
    assert guardadas is not None
    assert guardadas[0] == aceptadas, (guardadas, aceptadas)
    nota = f"{mal} mal juzgadas de {cerca:,} a 50 ms o menos de {rondas} finales"
    return Fila("pujas a 50 ms del final", cerca / rondas * 10, 1.0 - mal / cerca, 1.0, nota)


def _que_termine(duenio: psycopg.Connection[Any], segundos: str) -> datetime:
    fila = duenio.execute(
        "UPDATE feria_subasta_grupo SET termina_en = nucleo_ahora() + make_interval(secs => %s::float)"
        " RETURNING termina_en",
        [segundos],
    ).fetchone()
    assert fila is not None
    termina: datetime = fila[0]
    return termina


class Postor:
    """A bidder on a connection of its own, a centavo less each time."""

    def __init__(self, b: Banco, participante: str, desde: int) -> None:
        self.conexion = psycopg.connect(b.url, autocommit=True, prepare_threshold=0)
        self.participante, self.centavos = participante, desde
        self.dichas: list[tuple[str, datetime]] = []

    def pujar_hasta(self, cuando: datetime) -> None:
        while True:
            self.centavos -= 1
            while True:
                fila = self.conexion.execute(PUJAR, [self.participante, self.centavos]).fetchone()
                assert fila is not None
                if fila[0] != "otra_vez":
                    break
            self.dichas.append((fila[0], fila[1]))
            if fila[1] > cuando:
                return


_FUNCION = """
\\set quien :client_id + 1
SELECT resultado FROM feria_pujar((ARRAY[{participantes}]::uuid[])[:quien], uuidv7(),
    ARRAY[nextval('techo_precio')::numeric / 100], 'pgbench');
"""
_UNA_ORDEN = """
\\set quien :client_id + 1
INSERT INTO techo_puja (participante_id, numero, cliente_id, precios, monto, numero_anterior, anterior, paso,
    hecha_en, hecha_por) VALUES ((ARRAY[{participantes}]::uuid[])[:quien], 2, uuidv7(),
    ARRAY[850000.0000], nextval('techo_precio'), 1, 85000000, 1, clock_timestamp(), 'pgbench');
"""
_CONVERSACION = """
\\set quien :client_id + 1
BEGIN;
SELECT monto FROM techo_puja WHERE participante_id = (ARRAY[{participantes}]::uuid[])[:quien]
    ORDER BY id DESC LIMIT 1;
{una_orden}
COMMIT;
"""


def _contra_minimo(b: Banco, sala: dict[str, Any]) -> Fila:
    """Bids a second by the function, each between two measurements of the minimal SQL of the same rows: as a
    conversation of four messages (begin, who bids' last, insert the next, commit) and as a mere insertion.

    The minimal has the same columns, connections and commit to the disk, one primary key and one index, and
    nothing else: no other key (of the client's id, of the number), CHECK, foreign key, lock, clock nor sum.
    """
    participantes = ", ".join(f"'{p}'" for _u, _t, p in sala["postores"])
    una = _UNA_ORDEN.format(participantes=participantes)
    conversacion = _CONVERSACION.format(participantes=participantes, una_orden=una)
    desde = sala["desde"] - 5_000_000
    with psycopg.connect(b.url_admin, autocommit=True) as admin:
        admin.execute("CREATE TABLE techo_puja (LIKE feria_puja INCLUDING IDENTITY, PRIMARY KEY (id))")
        admin.execute("CREATE INDEX ON techo_puja (participante_id, id)")
        admin.execute(
            f"CREATE SEQUENCE techo_precio INCREMENT -1 MINVALUE 1 MAXVALUE {desde} START {desde} CACHE 1000"
        )
        _que_termine(admin, "86400")

        def medir_techo() -> list[float]:
            return [b.pgbench(guion, POSTORES, SEGUNDOS) for guion in (conversacion, una)]

        cifras, razones, antes = [], [], medir_techo()
        for _ in range(RONDAS):
            cifra = b.pgbench(_FUNCION.format(participantes=participantes), POSTORES, SEGUNDOS)
            despues = medir_techo()
            cifras.append(cifra)
            razones.append([2 * cifra / (x + y) for x, y in zip(antes, despues, strict=True)])
            antes = despues
        hechas = admin.execute("SELECT count(*) FROM feria_puja WHERE hecha_por = 'pgbench'").fetchone()
    assert hechas is not None
    assert hechas[0] >= sum(cifras) * (round(SEGUNDOS) - 1), (hechas, cifras)
    conversando, sola = zip(*razones, strict=True)
    nota = f"{min(conversando):.2f} a {max(conversando):.2f}; contra una sola orden {mediana(list(sola)):.2f}"
    nombre = "pujas por la función contra las mismas filas"
    return Fila(nombre, mediana(cifras), mediana(list(conversando)), 0.5, nota)


if __name__ == "__main__":
    if sys.argv[1:] == ["--mirar"]:
        asyncio.run(_mirar())
    else:
        from bench.__main__ import imprimir

        imprimir([("subasta", f) for f in medir()])
