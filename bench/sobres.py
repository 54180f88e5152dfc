"""Sealed bids of twenty lines: sealing them and opening them all, 100, 300 and 1.000 at once; then the act of
opening itself, by the last part of the key, with its rows, its record and its memory.

The ratio is the exponent of the time by how many they are, from 100 to 1.000: 1 is linear.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from math import log
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench.apoyo import RAIZ, Fila, banco
from feria_inversa.llaves import abrir, sin_relleno
from feria_inversa.llaves.hpke import publica_de
from feria_inversa.llaves.partes import juntar, partir
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.sobres import cerrar, info_de, sellar
from nucleo.dinero import bs

LINEAS = 20
CUANTOS = (100, 300, 1_000)
PARTES = os.environ.get("QHATU_BENCH_PARTES", "sobres acto").split()


def _cronometro(que: Callable[[], object]) -> float:
    empieza = time.process_time()
    que()
    return time.process_time() - empieza


def _exponente(antes: float, despues: float, veces: float) -> float:
    return log(despues / antes) / log(veces)


def medir() -> list[Fila]:
    return [*(_los_sobres() if "sobres" in PARTES else []), *(_el_acto() if "acto" in PARTES else [])]


def _los_sobres() -> list[Fila]:
    privada = X25519PrivateKey.generate().private_bytes_raw()
    publica, proceso, unidad = publica_de(privada), uuid4(), uuid4()
    lineas = [
        LineaEntrada(item_id=uuid4(), precio_unitario=bs("12.50"), marca="Artesanal", plazo_dias=15)
        for _ in range(LINEAS)
    ]
    info = info_de(proceso, unidad, uuid4(), 1)
    demoras: dict[tuple[str, int], float] = {}
    for cuantos in CUANTOS:
        sobres: list[bytes] = []
        demoras["sellar", cuantos] = _cronometro(
            lambda n=cuantos, s=sobres: s.extend(  # type: ignore[misc]
                sellar(publica, info, cerrar(lineas)[0], LINEAS) for _ in range(n)
            )
        )
        demoras["abrir", cuantos] = _cronometro(
            lambda s=sobres: [sin_relleno(abrir(privada, info, sobre)) for sobre in s]  # type: ignore[misc]
        )
    partes = partir(privada, 3, 5)
    juntas = _cronometro(lambda: juntar(partes[:3]))
    return [
        Fila(
            f"{que} 1.000 sobres",
            1_000 / demoras[que, 1_000],
            _exponente(demoras[que, 100], demoras[que, 1_000], 10),
            nota=f"{' y '.join(f'{demoras[que, n] * 1_000:.0f}' for n in CUANTOS)} ms los 100, 300 y 1.000; "
            f"de 300 a 1.000 {_exponente(demoras[que, 300], demoras[que, 1_000], 10 / 3):.2f}",
        )
        for que in ("sellar", "abrir")
    ] + [Fila("juntar 3 de 5 partes", 1 / juntas, 1.0, nota=f"{juntas * 1_000:.0f} ms")]


# --- The act: as a web process does it, in one of its own ---------------------------------------------------


def _el_acto() -> list[Fila]:
    with banco() as b:
        orden = [sys.executable, "-c", _PROGRAMA, b.url_dueno, str(LINEAS), *map(str, CUANTOS)]
        fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
    medidas: dict[str, dict[str, Any]] = json.loads(fin.stdout.splitlines()[-1])
    filas = []
    for que, en_palabras, unidad in (
        ("procesador", "acto de apertura, procesador del programa", "s"),
        ("reloj", "acto de apertura, por reloj", "s"),
        ("memoria", "acto de apertura, memoria", "MB"),
        ("calificar", "calificar las ofertas, procesador del programa", "s"),
    ):
        suyas = [medidas[str(n)][que] for n in CUANTOS]
        nota = f"{', '.join(f'{valor:.1f}' for valor in suyas)} {unidad} con {', '.join(map(str, CUANTOS))}"
        filas.append(Fila(en_palabras, 1_000 / suyas[-1], _exponente(suyas[0], suyas[-1], 10), 1.15, nota))
    return filas


_PROGRAMA = """
import gc, hashlib, json, sys, time
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4
import psycopg
from ciudadania import registrar_persona
from empresa_digital.registro import (Facultad, Habilitacion, NuevoMandato, TipoUnidad, formas_legales,
    inscribir_de_oficio)
from feria_inversa.apertura.partes import entregar_parte
from feria_inversa.evaluacion import CalificacionEntrada, calificar
from feria_inversa.llaves import hpke, llave_de, secreto
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from feria_inversa.ofertas import ofertas_vigentes
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.sobres import cerrar, info_de, sellar
from feria_inversa.procesos.consultas import items_de
from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
import plataforma.web
duenio = psycopg.connect(sys.argv[1], autocommit=True)
lineas, cuantos = int(sys.argv[2]), [int(n) for n in sys.argv[3:]]
duenio.execute("UPDATE feria_regla SET vigente_hasta = vigente_desde WHERE clave = 'actos_habiles'")

def actor_de(sesion, n, nombre):
    persona = registrar_persona(sesion, nombres=nombre, primer_apellido="Prueba", ci=str(4000000 + n))
    return persona.id, Actor("persona", nombre, persona_id=persona.id, autenticado_en=ahora(), nivel=3)

def unidad(sesion, nombre, tipo, persona_id, facultades, cualidad, identificadores):
    datos = {"tipo": tipo.value, "denominacion": nombre, "municipio_ine": "010101",
        "actividad_ciiu": "1392", "direccion": "Frente a la plaza",
        "telefono": "70000000", "identificadores": identificadores,
        "forma_legal": formas_legales(sesion, tipo)[0].codigo}
    mandato = NuevoMandato(facultades=facultades, persona_id=persona_id, monto_limite=None)
    return inscribir_de_oficio(sesion, Autorizacion.propia(Actor.sistema("medicion")), datos,
        mandatos=[mandato], habilitaciones={cualidad: "RM 1/2026"}).id

with transaccion() as sesion:
    persona_id, comprador = actor_de(sesion, 0, "Compradora")
    entidad = unidad(sesion, "Gobierno Municipal", TipoUnidad.ENTIDAD_PUBLICA, persona_id,
        (Facultad.COMPRAR, Facultad.EVALUAR, Facultad.ADMINISTRAR), Habilitacion.ENTIDAD_CONTRATANTE,
        {"BO-CINS": "1101", "BO-NIT": "1000001"})
    persona_id, oferente = actor_de(sesion, 1, "Oferente")
    guardan = [actor_de(sesion, n, f"Depositaria {n}") for n in (2, 3)]
unidades = []
while len(unidades) < max(cuantos):
    with transaccion() as sesion:
        unidades += [unidad(sesion, f"Cooperativa {len(unidades) + n}", TipoUnidad.COOPERATIVA, persona_id,
            (Facultad.OFERTAR,), Habilitacion.PROVEEDOR_DEL_ESTADO, {}) for n in range(50)]
claves = [secreto.nuevo() for _ in guardan]
with transaccion() as sesion:
    grupo = nombrar(sesion, comprador, entidad, 2, [id_ for id_, _a in guardan], uuid4()).id
for clave, (_id, actor) in zip(claves, guardan):
    with transaccion() as sesion:
        inscribir(sesion, actor, grupo, hpke.publica_de(secreto.privada_del(secreto.leer(clave))))
for clave, (_id, actor) in zip(claves, guardan):
    with transaccion() as sesion:
        ensayar(sesion, actor, grupo, clave=clave)

def proceso(n):
    with transaccion() as sesion:
        id_ = crear_borrador(sesion, comprador, entidad, ConvocatoriaEntrada.model_validate({
            "titulo": f"Mobiliario {n}", "descripcion": "Para dos unidades.", "municipio_ine": "010101",
            "plazo_entrega_dias": 30}), [ItemEntrada(descripcion=f"Mueble {i}", cantidad=Decimal(3),
            unidad_medida="pieza", precio_referencial=bs("900")) for i in range(lineas)]).id
    with transaccion() as sesion:
        publicar_convocatoria(sesion, comprador, id_, ahora() + timedelta(days=15))
    with transaccion() as sesion:
        pedidos, llave = items_de(sesion, id_), llave_de(sesion, id_).publica
    dichas = [LineaEntrada(item_id=p.id, precio_unitario=bs("850"), marca="Artesanal", plazo_dias=15)
        for p in pedidos]
    filas = []
    for quien in unidades[:n]:
        oferta = nuevo_id()
        texto, huella = cerrar(dichas)
        sobre = sellar(llave, info_de(id_, quien, oferta, 1), texto, lineas)
        filas.append((oferta, id_, quien, huella, hashlib.sha256(sobre).hexdigest(), sobre))
    sin_guardas = ("feria_convocatoria", "feria_oferta", "feria_sobre")
    with duenio.transaction():  # they are presented one by one, which is not measured here
        for tabla in sin_guardas:
            duenio.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        with duenio.cursor() as cursor:
            cursor.executemany("INSERT INTO feria_oferta (id, convocatoria_id, unidad_id, intento, estado,"
                " presentada_en, presentada_por, huella, huella_sobre, version) VALUES"
                " (%s, %s, %s, 1, 'vigente', clock_timestamp(), 'Oferente', %s, %s, 1)",
                [fila[:5] for fila in filas])
            cursor.executemany("INSERT INTO feria_sobre (oferta_id, contenido) VALUES (%s, %s)",
                [(fila[0], fila[5]) for fila in filas])
        duenio.execute("UPDATE feria_convocatoria SET vence_en = now() WHERE id = %s", [id_])
        for tabla in sin_guardas:
            duenio.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")
    duenio.execute("ANALYZE feria_oferta, feria_sobre, feria_oferta_linea")
    assert cerrar_recepciones() == 1
    return id_

def entregar(id_, n):
    with transaccion() as sesion:
        return entregar_parte(sesion, guardan[n][1], id_, clave=claves[n])

def memoria(que):
    campos = dict(linea.split(":", 1) for linea in open("/proc/self/status"))
    return int(campos[que].split()[0]) / 1024

def abrir(id_, n):
    entregar(id_, 0)
    gc.collect()
    with open("/proc/self/clear_refs", "w") as archivo:
        archivo.write("5")  # the greatest so far begins again
    tenia, empieza, suyo = memoria("VmRSS"), time.perf_counter(), time.process_time()
    acta = entregar(id_, 1)
    medida = {"reloj": time.perf_counter() - empieza, "procesador": time.process_time() - suyo}
    medida["memoria"] = memoria("VmHWM") - tenia
    assert (acta.ofertas, len(acta.detalle[-1].lineas)) == (n, lineas)
    with transaccion() as sesion:
        revisadas = [{"oferta_id": o.id} for o in ofertas_vigentes(sesion, id_)]
    suyo = time.process_time()
    with transaccion() as sesion:
        calificar(sesion, comprador, id_, CalificacionEntrada.model_validate({"revisadas": revisadas}))
    return medida | {"calificar": time.process_time() - suyo}

abrir(proceso(3), 3)  # what is made once
medidas = {}
for n in cuantos:
    medidas[n] = abrir(proceso(n), n)
    print(n, medidas[n], file=sys.stderr, flush=True)
print(json.dumps(medidas))
"""
