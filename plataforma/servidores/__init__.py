"""Embedded PostgreSQL and Valkey: real servers as child processes, reachable by private Unix sockets only."""

from plataforma.servidores.postgres import DUENIO, Postgres
from plataforma.servidores.procesos import ErrorDeArranque, detener, lanzar
from plataforma.servidores.valkey import Valkey, carpeta_de_sockets

__all__ = ["DUENIO", "ErrorDeArranque", "Postgres", "Valkey", "carpeta_de_sockets", "detener", "lanzar"]
